/** The shared vectors, through the package as Node.js loads it: by a directory, and by the image frozen of it. */
import { test } from "node:test";

import * as api from "vestibule/full";

import { CONFORMANCE } from "../conformance.js";
import { vectors } from "../vectors.js";

for (const { name, prefix, run } of CONFORMANCE) test(name, () => run(api, vectors(prefix)));
