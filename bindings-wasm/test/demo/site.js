// The built page on a server of its own, and a browser to visit it with.
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

const DIST = fileURLToPath(new URL("../../demo/dist", import.meta.url));
const AXE = fileURLToPath(new URL("../../demo/node_modules/axe-core/axe.min.js", import.meta.url));
export const SCREENSHOTS = fileURLToPath(new URL("../../demo/screenshots", import.meta.url));

const TYPES = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/** Serves the built page, in a folder; keeps what it is asked for. */
export async function serve() {
  const asked = [];
  const server = createServer(async ({ url }, response) => {
    asked.push(url);
    const path = normalize(new URL(url, "http://localhost").pathname)
      .replace(/^\/demo/, "")
      .replace(/\/$/, "/index.html");
    try {
      const content = await readFile(join(DIST, path));
      response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}/demo/`, asked, close: () => server.close() };
}

/** Starts the Chromium of this machine. */
export async function launch() {
  const executablePath = execFileSync("sh", ["-c", "command -v chromium"], { encoding: "utf8" }).trim();
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--headless", "--disable-gpu", "--disable-background-networking"],
  });
}

/** What axe finds wrong with the page as it is, in short. */
export async function faults(page) {
  if (!(await page.evaluate(() => "axe" in window))) await page.addScriptTag({ path: AXE });
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target, any }) => `${target} ${any[0]?.message ?? ""}`).join(" | ")}`,
  );
}
