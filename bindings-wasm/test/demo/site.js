// The built page, served below a folder, and what axe says of it.
import { fileURLToPath } from "node:url";

import { serve } from "../chromium.js";

const DIST = fileURLToPath(new URL("../../demo/dist", import.meta.url));
const AXE = fileURLToPath(new URL("../../demo/node_modules/axe-core/axe.min.js", import.meta.url));
export const SCREENSHOTS = fileURLToPath(new URL("../../demo/screenshots", import.meta.url));

/** Serves the built page; keeps what it is asked for. */
export function serveDemo() {
  return serve(DIST, { below: "/demo" });
}

/** What axe finds wrong with the page as it is, in short. */
export async function faults(page) {
  if (!(await page.evaluate(() => "axe" in window))) await page.addScriptTag({ path: AXE });
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target, any }) => `${target} ${any[0]?.message ?? ""}`).join(" | ")}`,
  );
}
