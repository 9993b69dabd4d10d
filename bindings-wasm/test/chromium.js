/** Pages in the Chromium of this machine. */
import { execFileSync } from "node:child_process";
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

import { chromium } from "playwright-core";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/** Serves a folder on a free port of this machine, `below` a path: `{ url, asked, close }`, with all paths that were asked for. */
export async function serve(folder, { below = "" } = {}) {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    const { pathname } = new URL(request.url, "http://localhost");
    const path = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
    const file = path.startsWith(`${below}/`) ? join(folder, normalize(path.slice(below.length))) : "";
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    // Isolated from other origins, a page is given a finer clock; which benchmarks want and nothing else minds.
    response.writeHead(200, {
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
    });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}${below}/`,
    asked,
    close: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}

/** Starts Chromium without a window; whoever starts it closes it. */
export function launch() {
  const executablePath = execFileSync("sh", ["-c", "command -v chromium"], { encoding: "utf8" }).trim();
  // Without background networking, nothing that Chromium does by itself is mistaken for what a page does.
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--headless", "--disable-gpu", "--disable-background-networking"] });
}

/** Opens a page, waits for it to set `window.result`, and returns that. What the page says on its console goes to stderr. */
export async function resultAt(url, { timeout = 120_000 } = {}) {
  const browser = await launch();
  try {
    const page = await browser.newPage();
    page.on("console", (message) => console.error(`page: ${message.text()}`));
    const failed = new Promise((_, reject) => page.on("pageerror", reject));
    failed.catch(() => {});
    await Promise.race([page.goto(url), failed]);
    await Promise.race([page.waitForFunction(() => window.result !== undefined, null, { timeout }), failed]);
    return await page.evaluate(() => window.result);
  } finally {
    await browser.close();
  }
}

/** As {@link resultAt}, of the page in a folder. */
export async function resultOf(folder, options) {
  const server = await serve(folder);
  try {
    return await resultAt(server.url, options);
  } finally {
    await server.close();
  }
}
