/** Everything that is timed, over one estate. */
import { Directory } from "vestibule/full";

import { casl, caslFirstAnswer } from "./engines/casl.js";
import { cedar, cedarSliced } from "./engines/cedar.js";
import { AT, byHandles, byStrings, firstAnswer } from "./engines/vestibule.js";
import { measure } from "./measure.js";
import { modelOf } from "./model.js";

/** A call with the whole estate takes a good part of a second. */
const SLOW_QUESTIONS = 4;
/** Slices of so many people, made beforehand. */
const SLICES = 64;

/** `cedarModule` is Cedar's module, loaded; the answer is that of `measure`, and the size of a slice. */
export function run(cedarModule, estateText, questions) {
  const model = modelOf(JSON.parse(estateText));
  const directory = Directory.load(estateText);
  const bytes = directory.freeze({ slice: "everything", issued_at: AT });
  const few = questions.slice(0, SLICES);
  const slices = new Map(few.map(({ person }) => [person, directory.freeze({ slice: { person }, issued_at: AT })]));
  directory.dispose();
  const results = measure(
    [
      { engine: byStrings(bytes) },
      { engine: byHandles(bytes) },
      { engine: firstAnswer(slices), limit: SLICES },
      { engine: casl(model) },
      { engine: caslFirstAnswer(model), limit: SLICES },
      { engine: cedarSliced(cedarModule, model) },
      { engine: cedar(cedarModule, model), limit: SLOW_QUESTIONS },
    ],
    questions,
  );
  const sizes = [...slices.values()].map(({ length }) => length);
  return { people: model.people.size, results, image: bytes.length, largestSlice: Math.max(...sizes) };
}
