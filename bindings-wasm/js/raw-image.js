// The engine's image with a method for each of its operations: it has few exports, because each costs bytes.

import { RawImage as Engine, imageFault } from "vestibule-raw";

import { FAILED } from "./decision.js";

// The operations of the engine; src/image.rs has the same numbers.
const DECIDE = 0;
const EXPLAIN = 1;
const PERMISSIONS = 2;
const WHAT_CAN = 3;
const WHO_CAN = 4;
const LOBBY_DIRECTORY = 5;
const PRINCIPAL = 6;
const KEY = 7;
const RESOURCE = 8;
const ORGANISATION = 9;
const FRESHNESS = 10;
const ABOUT = 11;

/** Throws the texts of the engine, which `errors.js` makes errors of. */
export class RawImage {
  #engine;

  constructor(engine) {
    this.#engine = engine;
  }

  static open(bytes) {
    const engine = Engine.open(bytes);
    if (!engine) throw imageFault(bytes);
    return new RawImage(engine);
  }

  /** What an operation comes to: a number, after which `answer()` has the text. */
  #call(operation, principal = "", action = "", resource = "", org = null, at = 0) {
    const number = this.#engine.call(operation, principal, action, resource, org, at);
    if (number === FAILED) throw this.answer();
    return number;
  }

  #text(operation, ...asked) {
    this.#call(operation, ...asked);
    return this.answer();
  }

  /** FAILED where the question cannot be read: `answer()` says why. */
  decide(...question) {
    return this.#engine.call(DECIDE, ...question);
  }

  decideHandles(...question) {
    return this.#engine.decideHandles(...question);
  }

  until() {
    return this.#engine.until();
  }

  /** The text of the last operation, once. */
  answer() {
    return this.#engine.answer();
  }

  explain(...question) {
    return this.#text(EXPLAIN, ...question);
  }

  permissions(principal, resource, at) {
    return this.#text(PERMISSIONS, principal, "", resource, null, at);
  }

  whatCan(person, action, at) {
    return this.#text(WHAT_CAN, person, action, "", null, at);
  }

  whoCan(action, resource, at) {
    return this.#text(WHO_CAN, "", action, resource, null, at);
  }

  lobbyDirectory(integration, at) {
    return this.#text(LOBBY_DIRECTORY, "", "", integration, null, at);
  }

  principal(principal) {
    return this.#call(PRINCIPAL, principal);
  }

  key(action) {
    return this.#call(KEY, "", action);
  }

  resource(resource) {
    return this.#call(RESOURCE, "", "", resource);
  }

  organisation(id) {
    return this.#call(ORGANISATION, "", "", "", id);
  }

  freshness(at) {
    return this.#text(FRESHNESS, "", "", "", null, at);
  }

  get issuedAt() {
    return Number(this.#about()[4]);
  }

  get revision() {
    return BigInt(this.#about()[0]);
  }

  get slice() {
    return this.#about()[1];
  }

  /** Empty for everything. */
  get subject() {
    return this.#about()[2];
  }

  get digest() {
    return Uint8Array.from(this.#about()[3].match(/../g), (byte) => parseInt(byte, 16));
  }

  #about() {
    return this.#text(ABOUT).split("\n");
  }

  free() {
    this.#engine.free();
  }
}
