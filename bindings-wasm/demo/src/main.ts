// The page: it reads the route, asks the engine, and draws.

import "./styles/index.css";

import { App } from "./app.js";
import { h } from "./dom/h.js";

const note = h("p", { class: "loading", role: "alert", hidden: true }, "The estate cannot be fetched. Is there a network?");
const app = new App(document.body);
document.getElementById("loading")?.replaceWith(note);
window.addEventListener("hashchange", () => void show());
await show();
if (import.meta.env.PROD && "serviceWorker" in navigator) await workOffline(navigator.serviceWorker);

/** Draws the page. What can fail is fetching an estate. */
async function show(): Promise<void> {
  try {
    await app.show();
    note.hidden = true;
  } catch (error) {
    note.hidden = false;
    throw error;
  }
}

/** Keeps the page for visits without a network, and says so once it can. */
async function workOffline(workers: ServiceWorkerContainer): Promise<void> {
  await workers.register(new URL("sw.js", document.baseURI));
  await workers.ready;
  const offline = document.getElementById("offline");
  if (offline !== null) offline.textContent = "The page is kept, and works without a network too.";
}
