/* A draft that saves itself: a moment after the last key, one letter to the server at a time, and kept on this computer until the server has it.
   One rule: what has been written is always in at least one safe place, and "saved" is said only when the server has said it. */
import type { Got } from '../ask';

export type SaveState =
  | { what: 'saved'; at: number }
  | { what: 'waiting' }
  | { what: 'saving' }
  /** Kept on this computer. network and session: tried again; role, gone and other: a person must do something first. */
  | { what: 'unsaved'; why: 'network' | 'session' | 'role' | 'gone' | 'other'; message: string }
  /** Somebody else has saved another text meanwhile. */
  | { what: 'conflict' };

export interface Kept<T> {
  document: T;
  revision: number;
  at: number;
}
export interface Answer {
  revision: number;
  saved: number;
}
interface Ways<T, A extends Answer> {
  /** `force`: in place of what is stored, which the server then keeps aside. */
  put: (revision: number, document: T, force: boolean) => Promise<Got<A>>;
  keep: (value: Kept<T>) => Promise<void>;
  forget: () => Promise<void>;
  clock: { now: () => number; after: (ms: number, run: () => void) => () => void };
  told: (state: SaveState) => void;
  /** The server has this text. */
  saved: (answer: A, document: T) => void;
  /** 409: what the server holds instead. */
  conflict: (body: unknown) => void;
}

const QUIET_MS = 1_000;
/** Whoever never pauses is saved all the same. */
const LONGEST_MS = 8_000;
const RETRY_MS = 3_000;
const RETRY_MOST_MS = 30_000;

export class Saver<T, A extends Answer> {
  private current: T;
  private held: T;
  private since: number | null = null;
  private force = false;
  private retryMs = RETRY_MS;
  private cancel: () => void = () => undefined;
  private flying: Promise<void> | null = null;
  private keeping: Promise<void> = Promise.resolve();
  private toKeep: Kept<T> | null = null;
  private state: SaveState;

  constructor(
    private readonly ways: Ways<T, A>,
    document: T,
    private revisionHeld: number,
    at: number,
  ) {
    this.current = this.held = document;
    this.state = { what: 'saved', at };
  }

  get revision(): number {
    return this.revisionHeld;
  }

  get clean(): boolean {
    return this.current === this.held;
  }

  change(document: T): void {
    if (document === this.current) return;
    this.current = document;
    this.since ??= this.ways.clock.now();
    this.keep();
    if (this.state.what === 'saved') this.tell({ what: 'waiting' });
    if (this.flying === null && this.state.what === 'waiting') this.schedule();
  }

  /** Now, without waiting for a pause; whether the server has all of it afterwards. */
  async flush(): Promise<boolean> {
    if (this.flying !== null) await this.flying;
    if (!this.clean && this.mayTry()) await this.save();
    // Again only for what was written meanwhile: a server that is not there is not asked over and over while a tab closes.
    while (!this.clean && this.state.what === 'waiting') await (this.flying ?? this.save());
    return this.clean;
  }

  /** The network may be back, or somebody has signed in again. */
  wake(): void {
    this.retryMs = RETRY_MS;
    // Also when the text has been undone to what was last known to be saved: whether the answer or the letter was lost, nobody knows.
    if (this.flying === null && this.state.what === 'unsaved' && this.state.why !== 'gone') void this.save();
  }

  /** After a choice between two texts: with this one. `held`: what the server holds. `force`: it is to be kept aside, since this text does not follow on it. */
  goOn(document: T, revision: number, held: T, force = false): void {
    this.current = document;
    this.revisionHeld = revision;
    this.held = held;
    this.force = force;
    if (this.clean) {
      this.tell({ what: 'saved', at: this.ways.clock.now() });
      this.forget();
      return;
    }
    this.keep();
    this.tell({ what: 'waiting' });
    void this.save();
  }

  stop(): void {
    this.cancel();
  }

  /** All that was to be kept on this computer is there. */
  async settled(): Promise<void> {
    await this.keeping;
  }

  private mayTry(): boolean {
    return this.state.what === 'waiting' || (this.state.what === 'unsaved' && this.state.why === 'network');
  }

  private schedule(): void {
    this.cancel();
    const waited = this.ways.clock.now() - (this.since ?? this.ways.clock.now());
    this.cancel = this.ways.clock.after(Math.max(0, Math.min(QUIET_MS, LONGEST_MS - waited)), () => void this.save());
  }

  private save(): Promise<void> {
    this.cancel();
    this.flying ??= this.send().finally(() => {
      this.flying = null;
      if (this.state.what === 'waiting') this.schedule();
    });
    return this.flying;
  }

  private async send(): Promise<void> {
    const document = this.current;
    this.since = null;
    this.tell({ what: 'saving' });
    const got = await this.ways.put(this.revisionHeld, document, this.force);
    if (got.ok) return this.arrived(got.value, document);
    if (got.code === 'conflict') {
      this.tell({ what: 'conflict' });
      return this.ways.conflict(got.body);
    }
    const why = got.code === 'network' || got.status >= 500 ? 'network' : got.code === 'session' ? 'session' : got.status === 403 ? 'role' : undefined;
    this.tell({ what: 'unsaved', why: why ?? (got.status === 404 ? 'gone' : 'other'), message: got.message });
    if (why !== 'network') return;
    this.cancel = this.ways.clock.after(this.retryMs, () => void this.save());
    this.retryMs = Math.min(this.retryMs * 2, RETRY_MOST_MS);
  }

  private arrived(answer: A, document: T): void {
    this.held = document;
    this.force = false;
    this.revisionHeld = answer.revision;
    this.retryMs = RETRY_MS;
    this.ways.saved(answer, document);
    if (this.clean) {
      this.since = null;
      this.forget();
      this.tell({ what: 'saved', at: answer.saved });
    } else {
      this.keep();
      this.tell({ what: 'waiting' });
    }
  }

  private keep(): void {
    this.toKeep = { document: this.current, revision: this.revisionHeld, at: this.ways.clock.now() };
    this.store(async () => {
      const value = this.toKeep;
      this.toKeep = null;
      if (value !== null) await this.ways.keep(value);
    });
  }

  private forget(): void {
    this.toKeep = null;
    this.store(async () => {
      if (this.clean) await this.ways.forget();
    });
  }

  /** One after another, so that what is older never lands last. */
  private store(deed: () => Promise<void>): void {
    this.keeping = this.keeping.then(deed, deed).catch(() => undefined);
  }

  private tell(state: SaveState): void {
    this.state = state;
    this.ways.told(state);
  }
}
