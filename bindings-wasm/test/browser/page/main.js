import * as api from "vestibule/full";
import url from "vestibule/vestibule_full.wasm?url";

import { conformance } from "./run.js";

/** A worker is handed the module compiled, as a page does that has several. */
async function inWorker() {
  const module = await WebAssembly.compileStreaming(fetch(url));
  const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  const answer = new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(`in the worker: ${message}`));
  });
  worker.postMessage(module);
  return answer;
}

window.result = { page: conformance(api), worker: await inWorker() };
