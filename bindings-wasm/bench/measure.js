/** How long a call takes. Rounds go through all engines one after the other, so that what else the machine does meets all alike. */

const ROUNDS = 41;
/** A round of one engine takes about so long; browsers give a clock of a tenth of a millisecond or finer. */
const ROUND_MS = 20;
/** An engine whose call takes longer than a round is asked so often in all. */
const SLOW_CALLS = 5;

/** Asks everything once, so that nobody is timed who answers wrongly. */
function check({ name, allows }, prepared, questions) {
  prepared.forEach((question, index) => {
    const { person, door, allowed } = questions[index];
    if (allows(question) !== allowed) throw new Error(`${name}: ${person} at ${door} should be ${allowed ? "allowed" : "denied"}`);
  });
}

/** Asks `count` questions, going round; returns milliseconds. */
function pass({ allows }, prepared, start, count) {
  let allowed = 0;
  const begin = performance.now();
  for (let done = 0; done < count; done += 1) {
    if (allows(prepared[(start + done) % prepared.length])) allowed += 1;
  }
  const time = performance.now() - begin;
  // Read, so that no answer is left out of the compiled loop.
  if (allowed > count) throw new Error("more answers than questions");
  return time;
}

const median = (times) => times.toSorted((one, other) => one - other)[times.length >> 1];

/** For each engine its name and the median time of a call in nanoseconds. `questions` may be few for slow engines: `limit` of each. */
export function measure(contenders, questions) {
  const timed = contenders.map(({ engine, limit = questions.length }) => {
    const asked = questions.slice(0, limit);
    const prepared = asked.map(engine.prepare);
    check(engine, prepared, asked);
    const sample = Math.min(limit, 2_000);
    // Warm now, so that the count of calls in a round is of code that is compiled well.
    pass(engine, prepared, 0, sample);
    const each = pass(engine, prepared, 0, sample) / sample;
    return { engine, prepared, count: Math.max(1, Math.round(ROUND_MS / each)), rounds: each > ROUND_MS ? SLOW_CALLS : ROUNDS, times: [] };
  });
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { engine, prepared, count, rounds, times } of timed) {
      if (round < rounds) times.push(pass(engine, prepared, round * count, count) / count);
    }
  }
  return timed.map(({ engine, times }) => ({ name: engine.name, ns: median(times) * 1e6 }));
}
