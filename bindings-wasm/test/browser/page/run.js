import { CONFORMANCE } from "../../conformance.js";

const VECTORS = import.meta.glob("../../../../core/tests/vectors/*.json", { eager: true, import: "default" });

function vectors(prefix) {
  const named = Object.entries(VECTORS).map(([path, vector]) => [path.slice(path.lastIndexOf("/") + 1, -".json".length), vector]);
  const found = named.filter(([name]) => name.startsWith(prefix));
  if (found.length === 0) throw new Error(`no vector begins with \`${prefix}\``);
  return found;
}

/** For each check its name and, where it failed, why. */
export function conformance(api) {
  return CONFORMANCE.map(({ name, prefix, run }) => {
    try {
      run(api, vectors(prefix));
      return { name, failure: null };
    } catch (error) {
      return { name, failure: String(error) };
    }
  });
}
