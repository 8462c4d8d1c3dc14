/* Opening IndexedDB, and opening it again; the only file that does. store.ts alone uses it.
   One rule: a transaction that could not begin is tried again, one that began never is: nobody may write a deed twice. */

import { deleteDB, openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction, type OpenDBCallbacks, type StoreNames } from 'idb';

const openMs = 8_000;

/** The phone is full. Nothing was written; what was there is intact. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
}
/** IndexedDB cannot be opened (a private window, a policy, a broken profile). */
export class BlockedError extends Error {
  override readonly name = 'BlockedError';
}

/** A database that opens itself again when the browser has dropped it (iOS does, in the background). */
export class Database<S extends DBSchema> {
  private handle: Promise<IDBPDatabase<S>> | null = null;

  constructor(
    readonly name: string,
    private readonly callbacks: OpenDBCallbacks<S>,
  ) {}

  close(): void {
    void this.handle?.then(
      db => db.close(),
      () => undefined,
    );
    this.handle = null;
  }

  async wipe(): Promise<void> {
    this.close();
    await deleteDB(this.name);
  }

  async transact<R, Mode extends 'readonly' | 'readwrite'>(
    stores: StoreNames<S>[],
    mode: Mode,
    work: (tx: IDBPTransaction<S, StoreNames<S>[], Mode>) => Promise<R>,
  ): Promise<R> {
    const tx = await this.begin(stores, mode);
    try {
      const result = await work(tx);
      await tx.done;
      return result;
    } catch (error) {
      try {
        tx.abort();
      } catch {
        /* It has ended already. */
      }
      await tx.done.catch(() => undefined);
      throw translated(tx.error ?? error);
    }
  }

  /** A transaction that could not even begin has written nothing: then, and only then, it is tried again. */
  private async begin<Mode extends 'readonly' | 'readwrite'>(stores: StoreNames<S>[], mode: Mode): Promise<IDBPTransaction<S, StoreNames<S>[], Mode>> {
    for (let attempt = 1; ; attempt++) {
      const db = await this.open();
      try {
        return db.transaction(stores, mode, { durability: 'strict' });
      } catch (error) {
        this.close();
        if (attempt === 3) throw translated(error);
      }
    }
  }

  private open(): Promise<IDBPDatabase<S>> {
    const drop = (): void => this.close();
    this.handle ??= new Promise<IDBPDatabase<S>>((resolve, reject) => {
      const timer = setTimeout(() => reject(new BlockedError('IndexedDB did not open in time')), openMs);
      /* Where IndexedDB is forbidden, some browsers throw at once. */
      Promise.resolve()
        .then(() => openDB<S>(this.name, 1, { ...this.callbacks, blocking: drop, terminated: () => (this.handle = null) }))
        .then(resolve, (error: unknown) => reject(new BlockedError(String(error))))
        .finally(() => clearTimeout(timer));
    });
    this.handle.catch(() => (this.handle = null));
    return this.handle;
  }
}

function translated(error: unknown): unknown {
  return error instanceof Error && error.name === 'QuotaExceededError' ? new StorageError(error.message) : error;
}
