// Keeps the whole page, so that it works without a network after the first visit.

/** The build puts what there is in its place; see `precache.ts`. */
declare const __PRECACHE__: { readonly version: string; readonly files: readonly string[] };

const PRECACHE = __PRECACHE__;

const worker = self as unknown as ServiceWorkerGlobalScope;
const CACHE = `vestibule-demo-${PRECACHE.version}`;

worker.addEventListener("install", (event) => {
  event.waitUntil(install());
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(activate());
});

worker.addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && event.request.url.startsWith(worker.registration.scope))
    event.respondWith(answer(event.request));
});

/**
 * Takes every file, from the server and not from what the browser kept; all of them or none. A newer version waits until no page uses
 * the older one, whose files it may still load.
 */
async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll(PRECACHE.files.map((file) => new Request(file, { cache: "reload" })));
}

/** Drops what earlier versions kept, and takes over the page of the first visit. */
async function activate(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith("vestibule-demo-") && name !== CACHE).map((name) => caches.delete(name)),
  );
  await worker.clients.claim();
}

/** From what is kept; what is not, from the server. A visit to the folder is one to its page. */
async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const asked = request.mode === "navigate" ? "index.html" : request;
  return (await cache.match(asked, { ignoreSearch: true })) ?? fetch(request);
}
