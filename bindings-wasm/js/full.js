// What `vestibule/full` has.

import { lines } from "./policy.js";
import { commandNames, queryNames } from "vestibule-raw";

export * from "./small.js";
export { ApiError, Directory, EstateError, FreezeError } from "./directory.js";

export let COMMANDS;
export let QUERIES;

/** To be called once the engine runs: these names are its own. Stands in place of that of `small.js`. */
export function started() {
  COMMANDS = Object.freeze(lines(commandNames()));
  QUERIES = Object.freeze(lines(queryNames()));
}
