// Errors: real ones, one subclass a kind, each with a stable code.

export class VestibuleError extends Error {
  constructor(failure) {
    super(failure.message);
    this.name = new.target.className;
    this.code = failure.code;
    this.field = failure.field ?? null;
    this.path = failure.path ?? null;
  }
}

export class RequestError extends VestibuleError {
  static className = "RequestError";
}

export class ImageError extends VestibuleError {
  static className = "ImageError";

  constructor(failure) {
    super(failure);
    this.offset = failure.offset;
  }
}

export class OutsideSliceError extends VestibuleError {
  static className = "OutsideSliceError";
}

export class DisposedError extends VestibuleError {
  static className = "DisposedError";
}

const KINDS = new Map([
  ["request", RequestError],
  ["image", ImageError],
  ["outside_slice", OutsideSliceError],
]);

/** Says which subclass stands for a kind of failure; the directory has kinds of its own. */
export function addKind(kind, subclass) {
  KINDS.set(kind, subclass);
}

/** The error for what the engine told, if it told anything: a trap stays what it is. */
export function errorOf(thrown) {
  if (typeof thrown !== "string") return thrown;
  const failure = JSON.parse(thrown);
  return new (KINDS.get(failure.kind))(failure);
}

/** Calls the engine. */
export function call(action) {
  try {
    return action();
  } catch (thrown) {
    throw errorOf(thrown);
  }
}

/** A question, or an argument, that never reached the engine. */
export function wrong(code, field, message) {
  return new RequestError({ code, field, message });
}
