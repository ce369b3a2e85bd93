// The worker of the whole site: the page for where there is no signal, and the door for photos that a phone shares into the product.
// No page with content is kept here: a phone may pass from hand to hand. 带班记录 and 检查单 have workers of their own below this one.
const NAME = "ronghe-site-{{ version }}";
const SHARED = "ronghe-shared";
const OFFLINE = "{{ offline }}";
const SHARE = "{{ share }}";
const PARTS = [{% for part in parts %}"{{ part }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const MOST = 20 * 1024 * 1024;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((store) => store.addAll([OFFLINE, ...PARTS])).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("ronghe-site-") && name !== NAME;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});

async function openPage(request) {
  try {
    return await fetch(request);
  } catch (problem) {
    const kept = await caches.match(OFFLINE);
    if (kept) return kept;
    throw problem;
  }
}

// with a signal from the server as ever; without one the offline page still has its looks
async function openPart(request) {
  try {
    return await fetch(request);
  } catch (problem) {
    const kept = await caches.match(request);
    if (kept) return kept;
    throw problem;
  }
}

// The photo stays on the phone until its owner has said what it is proof of; it is then sent like any other form.
async function takePhoto(request) {
  try {
    const form = await request.formData();
    const photo = form.getAll("photo").find((one) => one instanceof File && one.size > 0 && one.size <= MOST);
    if (photo) {
      const store = await caches.open(SHARED);
      const headers = { "Content-Type": photo.type, "X-Name": encodeURIComponent(photo.name), "X-At": String(Date.now()) };
      await store.put(`${SHARE}photo`, new Response(photo, { headers }));
    }
  } catch { /* the page asks for the photo again */ }
  return Response.redirect(SHARE, 303);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "POST" && url.pathname === SHARE) event.respondWith(takePhoto(request));
  else if (request.method !== "GET") return;
  else if (request.mode === "navigate") event.respondWith(openPage(request));
  else if (PARTS.includes(url.pathname)) event.respondWith(openPart(request));
});
