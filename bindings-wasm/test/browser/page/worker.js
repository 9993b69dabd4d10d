import * as api from "vestibule/full/worker";

import { conformance } from "./run.js";

self.onmessage = ({ data: module }) => {
  api.initSync(module);
  self.postMessage(conformance(api));
};
