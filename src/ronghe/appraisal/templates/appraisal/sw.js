// Keeps the open sheets of one checker and what their page is made of, so that they open where there is no signal. Other pages of its folder get the page that says so.
const NAME = "ronghe-sheets-{{ version }}";
const ROOT = "{{ root }}";
const PAGES = [{% for page in pages %}"{{ page }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const PARTS = [{% for part in parts %}"{{ part }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
// kept by the worker of the whole site (portal/sw.js), for every page that nobody keeps
const OFFLINE = "{% url 'offline' %}";
const PATIENCE = 5000;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((store) => store.addAll([...PAGES, ...PARTS])).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("ronghe-sheets-") && name !== NAME;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});

async function openPage(request) {
  const store = await caches.open(NAME);
  try {
    const late = new Promise((_done, fail) => setTimeout(() => fail(new Error("slow")), PATIENCE));
    const fresh = await Promise.race([fetch(request), late]);
    if (fresh.ok && !fresh.redirected) await store.put(request.url, fresh.clone());
    return fresh;
  } catch (problem) {
    const kept = await store.match(request.url);
    if (kept) return kept;
    throw problem;
  }
}

async function openPart(request) {
  const store = await caches.open(NAME);
  return (await store.match(request)) ?? fetch(request);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && url.pathname.startsWith(ROOT) && url.pathname.endsWith("/fill/")) event.respondWith(openPage(request));
  else if (request.mode === "navigate") event.respondWith(fetch(request).catch(async () => (await caches.match(OFFLINE)) ?? Response.error()));
  else if (PARTS.includes(url.pathname)) event.respondWith(openPart(request));
});
