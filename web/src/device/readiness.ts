/* Is this phone ready for the day when nothing else works? Asked of the browser, never assumed.
   One rule: what cannot be known is not ready. */

const answerMs = 3_000;

/** A worker serves this page: it would start without network. */
export async function workerActive(): Promise<boolean> {
  if (!('serviceWorker' in navigator)) return false;
  const registration = await navigator.serviceWorker.getRegistration();
  return registration?.active?.state === 'activated' && navigator.serviceWorker.controller !== null;
}

/** null: the browser does not say. */
export async function isPersisted(): Promise<boolean | null> {
  return 'storage' in navigator && 'persisted' in navigator.storage ? navigator.storage.persisted() : null;
}

export async function persist(): Promise<boolean> {
  return 'storage' in navigator && 'persist' in navigator.storage ? navigator.storage.persist() : false;
}

/** Whether the page and all it has loaded is answered by the worker, from the phone, with the network not used. */
export async function shellAnswers(): Promise<boolean> {
  if (!(await workerActive())) return false;
  const said = await askWorker();
  if (said !== null) return said;
  const urls = [
    new URL('/index.html', location.href).href,
    ...[...document.querySelectorAll<HTMLScriptElement | HTMLLinkElement>('script[src], link[rel="stylesheet"]')].map(addressOf),
  ];
  return (await Promise.all(urls.map(servedByWorker))).every(Boolean);
}

/** The worker knows its caches best; null when this worker does not know the question. */
function askWorker(): Promise<boolean | null> {
  return new Promise(resolve => {
    const { port1, port2 } = new MessageChannel();
    const timer = setTimeout(() => resolve(null), 800);
    port1.onmessage = (event: MessageEvent<unknown>): void => {
      clearTimeout(timer);
      const { data } = event;
      resolve(typeof data === 'object' && data !== null && 'complete' in data ? data.complete === true : null);
    };
    navigator.serviceWorker.controller?.postMessage({ type: 'is-complete' }, [port2]);
  });
}

async function servedByWorker(url: string): Promise<boolean> {
  try {
    performance.clearResourceTimings();
    const response = await fetch(url, { signal: AbortSignal.timeout(answerMs) });
    await response.arrayBuffer();
    const entry = performance.getEntriesByName(url).pop();
    return response.ok && (!(entry instanceof PerformanceResourceTiming) || (entry.workerStart > 0 && entry.transferSize === 0));
  } catch {
    return false;
  }
}

function addressOf(element: HTMLScriptElement | HTMLLinkElement): string {
  return element instanceof HTMLScriptElement ? element.src : element.href;
}
