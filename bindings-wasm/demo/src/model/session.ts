// One estate in use: the directory as it is now, what was done to it, and the way back.

import { ApiError, Directory, type Estate } from "vestibule/full";

import { contextFor } from "./actors.js";
import { type Difference, compare, snapshotOf } from "./comparison.js";
import type { Deed } from "./deeds.js";
import { Panels } from "./panels.js";
import { Register } from "./register.js";

/** Something that was done. */
export interface Done {
  readonly told: string;
  /** Who did it, by id. */
  readonly actor: string;
  readonly revision: bigint;
  readonly differences: readonly Difference[];
}

/** Something that the engine refused. Nothing has changed. */
export interface Refusal {
  readonly label: string;
  readonly actor: string;
  readonly code: string;
  readonly field: string | null;
  readonly status: number;
  readonly message: string;
}

/** What came of a deed. */
export type Result = { readonly done: Done } | { readonly refused: Refusal } | { readonly unchanged: true };

/** An estate that is asked and changed. */
export class Session {
  #directory: Directory;
  #register: Register;
  /** What was done, with the directory before it, the latest last. */
  #history: { done: Done; before: Directory }[] = [];
  /** The images of the panels, as they were last sent. */
  readonly panels = new Panels();

  constructor(estate: Estate) {
    this.#directory = Directory.load(estate);
    this.#register = new Register(this.#directory.toEstate());
  }

  get directory(): Directory {
    return this.#directory;
  }

  get register(): Register {
    return this.#register;
  }

  /** What was done, the latest first. */
  get done(): readonly Done[] {
    return this.#history.map(({ done }) => done).reverse();
  }

  /** Does something, through the engine, as somebody. */
  attempt(deed: Deed, actor: string, at: number): Result {
    const before = this.#directory.clone();
    const answersBefore = snapshotOf(before, this.#register, at);
    try {
      const outcome = this.#directory.execute(contextFor(deed, actor, at), deed.command);
      if (outcome.kind === "unchanged") {
        before.dispose();
        return { unchanged: true };
      }
    } catch (error) {
      before.dispose();
      if (error instanceof ApiError) return { refused: refusalOf(deed, actor, error) };
      throw error;
    }
    this.#register = new Register(this.#directory.toEstate());
    const differences = compare(answersBefore, snapshotOf(this.#directory, this.#register, at));
    const done: Done = { told: deed.told, actor, revision: this.#directory.revision, differences };
    this.#history.push({ done, before });
    return { done };
  }

  /** Takes the latest change back. */
  undo(): Done | null {
    const last = this.#history.pop();
    if (last === undefined) return null;
    this.#become(last.before);
    return last.done;
  }

  /** Takes everything back, and sends the panels what they had. */
  reset(): void {
    const first = this.#history[0];
    this.#history.slice(1).forEach(({ before }) => before.dispose());
    this.#history = [];
    if (first !== undefined) this.#become(first.before);
    this.panels.forget();
  }

  #become(directory: Directory): void {
    this.#directory.dispose();
    this.#directory = directory;
    this.#register = new Register(directory.toEstate());
  }
}

function refusalOf({ label }: Deed, actor: string, error: ApiError): Refusal {
  const { code, field, status, message } = error;
  return { label, actor, code, field, status, message };
}
