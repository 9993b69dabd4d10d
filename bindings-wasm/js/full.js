// What `vestibule/full` has.

import { names } from "./directory.js";

export { DisposedError, Image, ImageError, OutsideSliceError, RequestError, VestibuleError } from "./small.js";
export { ApiError, Directory, EstateError, FreezeError } from "./directory.js";

export let COMMANDS;
export let QUERIES;

/** To be called once the engine runs: these names are its own. */
export function started() {
  COMMANDS = names.commands();
  QUERIES = names.queries();
}
