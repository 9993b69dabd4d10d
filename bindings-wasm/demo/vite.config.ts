import { fileURLToPath } from "node:url";

import { defineConfig } from "vite";

import { precache } from "./precache.js";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  // So that the page can lie in any folder of a server.
  base: "./",
  // The examples and the package lie outside this folder.
  server: { fs: { allow: [here("../..")] } },
  plugins: [precache("sw.js", here("public"))],
  build: {
    // Top-level await, `light-dark()`.
    target: ["es2022", "chrome123", "firefox120", "safari17.5"],
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { main: here("index.html"), sw: here("src/worker/sw.ts") },
      output: { entryFileNames: ({ name }) => (name === "sw" ? "sw.js" : "assets/[name]-[hash].js") },
    },
  },
});
