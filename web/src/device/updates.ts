/* A new build of the app: fetched in the background, and used on the next cold start (the browser does that by itself) or when a person says so.
   One rule: nothing here ever reloads the page without a tap. */

const checkMs = 60 * 60_000;

export class Updates {
  private registration: ServiceWorkerRegistration | null = null;

  constructor(private readonly ready: (waiting: boolean) => void) {}

  /** Registers the worker; safe to call where there is none to register. */
  async begin(): Promise<void> {
    if (!('serviceWorker' in navigator) || import.meta.env.DEV) return;
    try {
      const registration = (this.registration = await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' }));
      this.watch(registration);
      const check = (): void => void registration.update().catch(() => undefined);
      setInterval(check, checkMs);
      document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && check());
    } catch {
      /* No worker: readiness says so. */
    }
  }

  /** By a person's tap only. */
  apply(): void {
    const waiting = this.registration?.waiting;
    if (waiting === null || waiting === undefined) return;
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    waiting.postMessage({ type: 'skip-waiting' });
  }

  private watch(registration: ServiceWorkerRegistration): void {
    /* The very first worker is not an update: there is nothing older to replace. */
    const look = (): void => this.ready(registration.waiting !== null && registration.active !== null);
    registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look));
    look();
  }
}
