import init, * as cedar from "@cedar-policy/cedar-wasm/web";

import { run } from "../contenders.js";

const [estate, questions] = await Promise.all([
  fetch("./estate.json").then((response) => response.text()),
  fetch("./questions.json").then((response) => response.json()),
  init(),
]);
window.result = run(cedar, estate, questions);
