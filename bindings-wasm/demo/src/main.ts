// The page: it reads the route, asks the engine, and draws.

import "./styles/index.css";

import { App } from "./app.js";

const app = new App(document.body);
window.addEventListener("hashchange", () => void app.show());
void app.show();

if (import.meta.env.PROD && "serviceWorker" in navigator) await workOffline(navigator.serviceWorker);

/** Keeps the page for visits without a network, and says so once it can. */
async function workOffline(workers: ServiceWorkerContainer): Promise<void> {
  await workers.register(new URL("sw.js", document.baseURI));
  await workers.ready;
  const note = document.getElementById("offline");
  if (note !== null) note.textContent = "The page is kept, and works without a network too.";
}
