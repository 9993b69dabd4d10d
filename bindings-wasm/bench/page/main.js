import init, * as cedar from "@cedar-policy/cedar-wasm/web";
import cedarUrl from "@cedar-policy/cedar-wasm/web/cedar_wasm_bg.wasm?url";

import { run } from "../contenders.js";

const [estate, questions] = await Promise.all([
  fetch("./estate.json").then((response) => response.text()),
  fetch("./questions.json").then((response) => response.json()),
  init({ module_or_path: cedarUrl }),
]);
window.result = run(cedar, estate, questions);
