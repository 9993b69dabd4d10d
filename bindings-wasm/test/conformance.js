/**
 * The shared vectors as checks that know nothing of where they run: the same in Node.js, on a page and in a worker of a browser.
 * A check takes the vectors whose file names begin with its prefix, `[name, vector]` each.
 */
import { assert } from "chai";

/** A request of a vector, which leaves out what it has none of and writes instants as text. */
function asked({ principal, action, resource, acting_org = null, at }) {
  return { principal, action, resource, acting_org, at: Date.parse(at) };
}

function thrown(action, what) {
  try {
    action();
  } catch (error) {
    return error;
  }
  return assert.fail(`${what}: expected an error`);
}

function checkDecision(policy, { request, expect }, what) {
  const decision = policy.decide(asked(request));
  assert.equal(decision.effect, expect.effect, what);
  if (expect.reason !== undefined) assert.equal(decision.reason, expect.reason, what);
  assert.equal(decision.allowed, expect.effect === "allow", what);
  if ("basis" in expect) assert.equal(decision.basis, expect.basis === "none" ? null : expect.basis, what);
  if ("until" in expect) assert.equal(decision.until, expect.until === null ? null : Date.parse(expect.until), what);
  const explained = policy.explain(asked(request));
  assert.deepEqual([explained.effect, explained.reason, explained.code], [decision.effect, decision.reason, decision.code], what);
}

/** By handles the answer is the same wherever every id is known. */
function checkHandles(image, { request }, what) {
  const question = asked(request);
  const principal = image.principal(question.principal);
  const key = image.key(question.action);
  const resource = image.resource(question.resource);
  const org = question.acting_org === null ? null : image.organisation(question.acting_org);
  if ([principal, key, resource, org].includes(undefined)) return 0;
  assert.deepEqual(image.decideHandles(principal, key, resource, org, question.at), image.decide(question), what);
  return 1;
}

const LISTS = {
  permissions: (policy, { person, resource, at }) => policy.permissions({ principal: `person:${person}`, resource, at: Date.parse(at) }),
  who_can: (policy, { action, resource, at }) => policy.whoCan({ action, resource, at: Date.parse(at) }),
  what_can: (policy, { person, action, at }) => policy.whatCan({ person, action, at: Date.parse(at) }),
  lobby_directory: (policy, { integration, at }) => policy.lobbyDirectory({ integration, at: Date.parse(at) }),
};

function decisionsAndLists({ Directory, Image }, vectors) {
  const count = { decisions: 0, handles: 0, lists: 0 };
  for (const [file, vector] of vectors) {
    const directory = Directory.load(vector.estate);
    const image = Image.open(directory.freeze({ slice: "everything", issued_at: Date.UTC(2026, 10, 22) }));
    for (const policy of [directory, image]) {
      for (const decided of vector.decisions ?? []) {
        checkDecision(policy, decided, `${file}: ${decided.name}`);
        count.decisions += 1;
      }
      for (const listed of vector.lists ?? []) {
        const list = LISTS[listed.list];
        if (!list) continue;
        assert.deepEqual(list(policy, listed), listed.expect, `${file}: ${listed.name}`);
        count.lists += 1;
      }
    }
    for (const decided of vector.decisions ?? []) count.handles += checkHandles(image, decided, `${file}: ${decided.name}`);
    image.dispose();
    directory.dispose();
  }
  assert.isTrue(count.decisions > 1000 && count.handles > 300 && count.lists > 50, JSON.stringify(count));
}

function checkRefusal({ ApiError }, action, expected, what) {
  const error = thrown(action, what);
  assert.instanceOf(error, ApiError, what);
  for (const [name, value] of Object.entries(expected)) {
    const found = name === "details" ? error.body.details ?? [] : error[name];
    assert.deepEqual(found ?? undefined, value ?? undefined, `${what}: ${name}`);
  }
}

/** Whether JavaScript can write all numbers of a value: above 2^53 it has only some. */
function isWritten(value) {
  if (typeof value === "number") return Number.isSafeInteger(value) || !Number.isInteger(value);
  return value === null || typeof value !== "object" || Object.values(value).every(isWritten);
}

function checkOutcome(outcome, step, what) {
  for (const name of ["kind", "details"]) {
    if (name in step) assert.deepEqual(outcome[name], step[name], `${what}: ${name}`);
  }
}

/** Takes one step; returns the directory to go on with. */
function take(api, directory, step, what) {
  const before = directory.digest();
  if (step.reload) {
    const again = api.Directory.load(directory.toEstate());
    assert.equal(again.digest(), before, what);
    return again;
  }
  if (step.decide) {
    const { effect, reason, basis } = step;
    checkDecision(directory, { request: step.decide, expect: { effect, reason, ...(basis && { basis }) } }, what);
  } else if (step.error) {
    const action = step.query ? () => directory.query(step.context, step.query) : () => directory.execute(step.context, step.command);
    const { field, ...others } = step.error;
    checkRefusal(api, action, step.error.code === "unreadable" ? others : step.error, what);
    assert.equal(directory.digest(), before, `${what}: changed by a refusal`);
  } else if (step.query) {
    const answer = directory.query(step.context, step.query);
    if ("answer" in step) assert.deepEqual(answer, step.answer, what);
  } else {
    checkOutcome(directory.prepare(step.context, step.command), step, what);
    assert.equal(directory.digest(), before, `${what}: changed by looking`);
    checkOutcome(directory.execute(step.context, step.command), step, what);
  }
  return directory;
}

function commandsAndQueries(api, vectors) {
  const seen = new Set();
  for (const [file, vector] of vectors) {
    let directory = api.Directory.load(vector.estate);
    vector.steps.forEach((step, index) => {
      if (!isWritten(step)) return;
      directory = take(api, directory, step, `${file}, step ${index} ${step.name ?? ""}`);
      if (!step.error) seen.add(step.query?.query ?? step.command?.command);
    });
    directory.dispose();
  }
  const all = [...api.COMMANDS, ...api.QUERIES];
  assert.deepEqual(all.filter((name) => !seen.has(name)), [], "operations that no vector carries out");
}

/** Faults as a sorted list: the order of a report is told by Rust's own tests. */
const told = (faults) => faults.map(({ path, code }) => `${path}: ${code}`).sort();

function faults({ Directory, EstateError }, vectors) {
  for (const [file, vector] of vectors) {
    for (const { name, document, text, faults } of vector.cases) {
      const what = `${file}: ${name}`;
      if (faults.length === 0) {
        Directory.load(text ?? document).dispose();
        continue;
      }
      const error = thrown(() => Directory.load(text ?? document), what);
      assert.instanceOf(error, EstateError, what);
      assert.deepEqual(told(error.faults), told(faults), what);
      assert.equal(error.count, faults.length, what);
    }
  }
}

function ids({ Directory, RequestError }, vectors) {
  const directory = Directory.load({ version: 1 });
  for (const [, vector] of vectors) {
    for (const { text, error } of vector.cases) {
      const ask = () => directory.decide({ principal: `person:${text}`, action: "doors:open", resource: "platform", acting_org: null, at: 0 });
      if (error) assert.instanceOf(thrown(ask, text), RequestError, text);
      else assert.equal(ask().reason, "principal_unknown", text);
    }
  }
}

/** `run(api, vectors)` throws where the package of `api`, which is `vestibule/full` however it was loaded, is at odds with a vector. */
export const CONFORMANCE = [
  { name: "decisions and lists [C-79, C-85, C-77]", prefix: "decide-", run: decisionsAndLists },
  { name: "commands and queries [C-16, C-86]", prefix: "commands-", run: commandsAndQueries },
  { name: "estates at fault are told, fault by fault", prefix: "faults-", run: faults },
  { name: "ids [C-1]", prefix: "ids", run: ids },
];
