/** Every error of this package. */
export abstract class VestibuleError extends Error {
  /** The stable word for what is wrong. */
  readonly code: string;
  /** The field at fault, as it is named on the wire. */
  readonly field: string | null;
  /** Where: a JSON path of a document, the section of an image, or the place in a list of questions. */
  readonly path: string | null;
}

/** A question that is none. Code `invalid_request`, `missing_field`, `unknown_field` or `wrong_type`. */
export class RequestError extends VestibuleError {}

/** Bytes that are no image; `code` is the kind of fault, `path` the section. */
export class ImageError extends VestibuleError {
  /** Where, in bytes from the beginning. */
  readonly offset: number;
}

/** A list that needs what an image does not hold. Code `outside_slice`. */
export class OutsideSliceError extends VestibuleError {}

/** Something was used after `dispose`. Code `disposed`. */
export class DisposedError extends VestibuleError {}
