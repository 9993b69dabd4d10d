// The page: it reads the route, asks the engine, and draws.

import "./styles/index.css";

import { App } from "./app.js";
import { applyTheme } from "./dom/theme.js";

applyTheme();

const app = new App(document.body);
window.addEventListener("hashchange", () => void app.show());
void app.show();

if (import.meta.env.PROD && "serviceWorker" in navigator) {
  await navigator.serviceWorker.register(new URL("sw.js", document.baseURI));
}
