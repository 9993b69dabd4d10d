/**
 * Without loading anything by itself: for workers that get a compiled module from elsewhere, and bundlers that bring their own.
 * Nothing works before `initSync`.
 */
export * from "./full.js";
/** Takes the module, compiled or as bytes, of `vestibule/vestibule_full.wasm`. A second call does nothing. */
export function initSync(module: WebAssembly.Module | BufferSource): void;
