/* A new build of the app: fetched in the background, and used on the next cold start (the browser does that by itself) or when a person says so.
   One rule: nothing here ever reloads the page without a tap. */

const checkMs = 60 * 60_000;
const retryMs = { first: 3_000, most: 60_000 };

export class Updates {
  private registration: ServiceWorkerRegistration | null = null;

  /** `ready`: a newer build waits, or not. `moved`: a worker has come further, so readiness should be looked at again. */
  constructor(
    private readonly ready: (waiting: boolean) => void,
    private readonly moved: () => void,
  ) {}

  /** Registers the worker; safe to call where there is none to register. */
  async begin(): Promise<void> {
    if (!('serviceWorker' in navigator) || import.meta.env.DEV) return;
    navigator.serviceWorker.addEventListener('controllerchange', this.moved);
    await this.register(retryMs.first);
    const check = (): void => void this.registration?.update().catch(() => undefined);
    setInterval(check, checkMs);
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && check());
  }

  /** On a bad line the fetching of the app's files may fail half way: it is tried again until a worker is there. */
  private async register(waitMs: number): Promise<void> {
    const again = (): void => {
      setTimeout(() => void this.register(Math.min(waitMs * 2, retryMs.most)), waitMs);
    };
    try {
      const registration = await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' });
      if (registration !== this.registration) this.watch(registration);
      this.registration = registration;
      const worker = registration.installing;
      worker?.addEventListener('statechange', () => {
        this.moved();
        if (worker.state === 'redundant' && registration.active === null) again();
      });
      this.moved();
    } catch {
      again(); // no network, or no such file: readiness says so meanwhile
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
