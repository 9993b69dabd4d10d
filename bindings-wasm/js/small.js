// What `vestibule` has.

export { Image } from "./image.js";
export { DisposedError, ImageError, OutsideSliceError, RequestError, VestibuleError } from "./errors.js";

/** To be called once the engine runs; here nothing waits for it. */
export function started() {}
