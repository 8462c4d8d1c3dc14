/*
 * The worker serves the app from the phone. Its one rule: it never touches /api, and a new one waits until
 * every window is closed or a person says so ('skip-waiting'): an incident is never reloaded under somebody's thumb.
 */
/// <reference lib="webworker" />
import { cleanupOutdatedCaches, matchPrecache, precacheAndRoute } from 'workbox-precaching';

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: Precached[] };
interface Precached {
  url: string;
  revision: string | null;
}

const SHELL = 'index.html';

// Before precacheAndRoute: whoever answers a request first has answered it.
self.addEventListener('fetch', event => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.mode !== 'navigate' || origin !== self.location.origin || isServers(pathname)) return;
  event.respondWith(matchPrecache(SHELL).then(shell => shell ?? fetch(event.request)));
});

cleanupOutdatedCaches();
const files = self.__WB_MANIFEST;
precacheAndRoute(files);

self.addEventListener('message', event => {
  const said: unknown = event.data;
  const word = typeof said === 'object' && said !== null && 'type' in said ? said.type : said;
  if (word === 'skip-waiting') void self.skipWaiting();
  if (word === 'is-complete') event.waitUntil(isComplete().then(complete => event.ports[0]?.postMessage({ complete })));
});

// The first worker takes the page that fetched it, so that "starts without network" is true at once.
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()));

/** The readiness test asks: is every file of this build on the phone, looked for in the caches alone? */
async function isComplete(): Promise<boolean> {
  const held = await Promise.all(files.map(async file => (await matchPrecache(typeof file === 'string' ? file : file.url)) !== undefined));
  return held.every(Boolean);
}

function isServers(pathname: string): boolean {
  return pathname.startsWith('/api/') || pathname === '/healthz' || pathname === '/metrics';
}
