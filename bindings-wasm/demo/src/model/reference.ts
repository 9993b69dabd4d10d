// References to things: `kind:id`, as the engine writes them.

/** The kinds of thing that a reference names. */
export type Kind = "organisation" | "building" | "integration" | "unit" | "door" | "person";

/** A thing: `door:front`. */
export type Reference = `${Kind}:${string}`;

/** The kind of a reference. */
export function kindOf(reference: string): string {
  return reference.slice(0, reference.indexOf(":"));
}

/** The id in a reference. */
export function idOf(reference: string): string {
  return reference.slice(reference.indexOf(":") + 1);
}
