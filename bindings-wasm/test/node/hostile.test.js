/** What a caller may get wrong, or do on purpose. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { Directory, DisposedError, FreezeError, Image, ImageError, OutsideSliceError, RequestError, VestibuleError } from "vestibule/full";
import { RequestError as SmallRequestError, Image as SmallImage } from "vestibule";

const estate = JSON.parse(readFileSync(new URL("../../../examples/maple-court/estate.json", import.meta.url), "utf8"));
const AT = Date.UTC(2026, 10, 22, 18);
const directory = Directory.load(estate);
const bytes = directory.freeze({ slice: { person: "chidi-okafor" }, issued_at: AT });
const image = Image.open(bytes);
const question = { principal: "person:chidi-okafor", action: "doors:open", resource: "door:mc-front", acting_org: null, at: AT };

function wrong(value, code, field) {
  assert.throws(() => image.decide(value), (error) => {
    assert.ok(error instanceof RequestError && error instanceof VestibuleError && error instanceof Error);
    assert.deepEqual([error.code, error.field], [code, field]);
    return true;
  });
}

test("an answer, and the same from the small build", () => {
  const small = SmallImage.open(bytes);
  assert.equal(image.decide(question).allowed, true);
  assert.deepEqual(small.decide(question), image.decide(question));
  assert.deepEqual(small.explain(question), image.explain(question));
  assert.throws(() => small.decide({ ...question, principal: "ana" }), SmallRequestError);
  assert.throws(() => small.decide({ ...question, principal: "ana" }), RequestError, "one class of errors for both builds");
});

test("a question must say everything and nothing else [0-25]", () => {
  const { acting_org, ...without } = question;
  wrong(without, "missing_field", "acting_org");
  wrong({ ...question, actingOrg: "x" }, "unknown_field", "actingOrg");
  wrong({ ...question, acting_org: undefined }, "wrong_type", "acting_org");
  wrong({ ...question, acting_org: "" }, "invalid_request", "acting_org");
  wrong({ ...question, principal: "chidi-okafor" }, "invalid_request", "principal");
  wrong({ ...question, resource: "door:a:b" }, "invalid_request", "resource");
  for (const at of [NaN, 1.5, "2026-11-22T18:00:00Z", new Date(NaN), null]) wrong({ ...question, at }, "wrong_type", "at");
  for (const value of [null, undefined, 5, "x", []]) assert.throws(() => image.decide(value), RequestError);
});

test("only own fields count", () => {
  Object.prototype.acting_org = "someone";
  try {
    const { acting_org, ...without } = question;
    wrong(without, "missing_field", "acting_org");
    assert.equal(image.decide(question).allowed, true);
  } finally {
    delete Object.prototype.acting_org;
  }
  wrong(Object.create(question), "missing_field", "principal");
  wrong(JSON.parse(`{"__proto__": ${JSON.stringify(question)}}`), "unknown_field", "__proto__");
});

test("what was not found cannot ask a wider question", () => {
  const [principal, key, resource] = [image.principal(question.principal), image.key("doors:open"), image.resource("door:mc-front")];
  assert.equal(image.decideHandles(principal, key, resource, null, AT).allowed, true);
  assert.equal(image.organisation("nowhere"), undefined);
  for (const nothing of [undefined, NaN, -1, "1", {}]) {
    assert.throws(() => image.decideHandles(principal, key, resource, nothing, AT), RequestError);
    assert.throws(() => image.decideHandles(nothing, key, resource, null, AT), RequestError);
    assert.throws(() => image.decideHandles(principal, nothing, resource, null, AT), RequestError);
    assert.throws(() => image.decideHandles(principal, key, nothing, null, AT), RequestError);
  }
  for (const forged of [0, 1, 2 ** 32 - 1, 2 ** 33, 2 ** 40, Number.MAX_SAFE_INTEGER, principal + 1e6]) {
    assert.equal(image.decideHandles(forged, key, resource, null, AT).allowed, false);
    assert.equal(image.decideHandles(principal, key, forged, null, AT).allowed, false);
    // 2^33 is the first organisation of the image: a number like any other that was looked up.
    if (forged !== 2 ** 33) assert.equal(image.decideHandles(principal, key, resource, forged, AT).allowed, false);
    assert.equal(image.decideHandles(principal, forged, resource, null, AT).allowed, false);
  }
  // Numbers of one kind are none of another, and none is cut short.
  for (const forged of [key % 2 ** 32, key + 2 ** 32, resource, principal]) {
    assert.equal(image.decideHandles(principal, forged, resource, null, AT).allowed, false);
  }
});

test("many are each as one, and the error says which [security.md 9]", () => {
  const many = [question, { ...question, resource: "door:mc-bike" }, question];
  assert.deepEqual(image.decideMany(many), many.map((one) => image.decide(one)));
  assert.throws(() => image.decideMany([question, { ...question, principal: "" }]), { path: "[1]", field: "principal" });
});

test("damaged bytes are no image", () => {
  for (let offset = 0; offset < bytes.length; offset += 7) {
    const damaged = bytes.slice();
    damaged[offset] ^= 1;
    assert.throws(() => Image.open(damaged), (error) => error instanceof ImageError && typeof error.offset === "number" && error.code.length > 0);
  }
  for (const none of [new Uint8Array(0), new ArrayBuffer(3)]) assert.throws(() => Image.open(none), ImageError);
  assert.throws(() => Image.open("bytes"), RequestError);
  assert.throws(() => new Image(), TypeError);
});

test("what a slice does not hold", () => {
  assert.equal(image.decide({ ...question, principal: "person:rhys-morgan" }).reason, "outside_slice");
  assert.throws(() => image.whoCan({ action: "doors:open", resource: "door:mc-front", at: AT }), OutsideSliceError);
  assert.deepEqual([image.slice, image.subject, image.revision], ["person", "chidi-okafor", directory.revision]);
  assert.equal(image.freshness(AT - 1), "before_issue");
});

test("after dispose nothing answers", () => {
  const gone = Image.open(bytes);
  gone.dispose();
  gone.dispose();
  for (const ask of [() => gone.decide(question), () => gone.revision, () => gone.key("doors:open")]) assert.throws(ask, DisposedError);
});

test("a freeze that cannot be", () => {
  assert.throws(() => directory.freeze({ slice: { person: "nobody-here" }, issued_at: AT }), (error) => error instanceof FreezeError && error.code === "unknown_person");
  assert.throws(() => directory.freeze({ slice: "everything", issued_at: AT, fresh_for: 2, max_stale: 1 }), { code: "limits" });
  for (const slice of ["all", null, {}, { person: "a", integration: "b" }, []]) assert.throws(() => directory.freeze({ slice, issued_at: AT }), RequestError);
  assert.throws(() => directory.freeze({ slice: "everything", issued_at: AT, max_stale: -1 }), RequestError);
});
