/* The disk: what is durable, what a full phone does, and how it comes back when the browser drops it. */
import 'fake-indexeddb/auto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { flaw } from '../../web/src/core/operation';
import { makeIdentity, randomId } from '../../web/src/device/keys';
import { BlockedError, StorageError } from '../../web/src/device/database';
import { Root, Store } from '../../web/src/device/store';
import { DeedError, type Deed } from '../../web/src/device/writing';
import type { Change } from '../../web/src/device/store';
import { until } from './phone';

const open: Store[] = [];
const inc = randomId(16);
const tick: Deed = { inc, kind: 'mark', target: 'kort/larma', refs: [], body: { state: 'done' } };

async function joinedStore(name = `org-${open.length}`): Promise<Store> {
  const store = new Store(name);
  open.push(store);
  await store.adopt(await makeIdentity(), { organisation: { id: name, name }, member: { id: 'anna', name: 'Anna', roles: [] }, name: 'telefon' }, null, null);
  return store;
}
afterEach(() => {
  vi.restoreAllMocks();
  for (const store of open) store.close();
});

test('a revoked phone keeps nothing but its own that the server has not taken', async () => {
  const store = await joinedStore();
  const [sent] = await store.write([tick], 1);
  const other = randomId(16);
  await store.putDocument({ hash: 'h', text: '{}' });
  await store.swapLibrary({ manifest: { checklists: [] } as never, etag: null, fetched: 1 }, ['h'], new Set());
  if (sent === undefined) throw new Error('nothing written');
  const answer = {
    epoch: 'e',
    now: 1,
    results: [{ verdict: 'quar' as const, detail: 'revoked' }],
    incidents: new Map(),
    library: null,
    fork: false,
    revoked: true,
  };
  await store.receive(answer, { ops: [sent], seals: [], offset: 0, measured: 0, at: 1 });
  await store.write([{ ...tick, inc: other }], 2);
  await store.strip();
  expect(await store.shelf()).toBeUndefined();
  expect(await store.documents()).toEqual([]);
  expect((await store.readLog()).records.map(record => record.inc)).toEqual([other]);
});

describe('writing', () => {
  test('a deed is chained, numbered without gaps and told of when it is on disk', async () => {
    const store = await joinedStore();
    const changes: Change[] = [];
    store.subscribe(change => changes.push(change));
    const written = await store.write([tick, tick], 1000);
    expect(written.map(record => [record.n, record.op[3], record.prev === undefined, flaw(record.op)])).toEqual([
      [1, 1, false, null],
      [2, 2, false, null],
    ]);
    expect(written[1]?.prev).toBe(written[0]?.h);
    expect(changes.map(change => change.records.length)).toEqual([2]);
    expect((await store.readLog(inc)).records).toEqual(written);
  });

  test('the private key cannot be taken out, and survives the disk', async () => {
    const store = await joinedStore();
    const device = (await store.phone())?.device ?? '';
    const identity = await store.identity(device);
    expect(identity?.keys.privateKey.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('jwk', identity?.keys.privateKey as CryptoKey)).rejects.toThrow();
  });

  test('half an emoji and an endless text are refused before they are operations', async () => {
    const store = await joinedStore();
    await expect(store.write([{ ...tick, body: { state: 'done', reason: 'slut\ud83d' } }], 1)).rejects.toThrow(DeedError);
    await expect(store.write([{ ...tick, body: { text: 'x'.repeat(16 * 1024) } }], 1)).rejects.toThrow(DeedError);
    await store.write([tick], 1);
    expect((await store.readLog(inc)).records.map(record => record.n)).toEqual([1]);
  });

  test('one of two deeds with a flaw leaves neither', async () => {
    const store = await joinedStore();
    await expect(store.write([tick, { ...tick, kind: '' }], 1)).rejects.toThrow(DeedError);
    expect((await store.readLog(inc)).records).toEqual([]);
  });

  test('a full phone says so, and what was there is intact', async () => {
    const store = await joinedStore();
    await store.write([tick], 1);
    const full = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    await expect(store.write([tick], 2)).rejects.toThrow(StorageError);
    full.mockRestore();
    await store.write([tick], 3);
    expect((await store.readLog(inc)).records.map(record => record.n)).toEqual([1, 2]);
  });

  test('every transaction that writes is strictly durable', async () => {
    const store = await joinedStore();
    const begun = vi.spyOn(IDBDatabase.prototype, 'transaction');
    await store.write([tick], 1);
    await store.putSeals([]);
    expect(begun.mock.calls.filter(([, mode]) => mode === 'readwrite').map(([, , options]) => options)).toEqual([{ durability: 'strict' }]);
  });
});

describe('when the browser drops it', () => {
  test('a closed database is opened again and the deed is written once', async () => {
    const store = await joinedStore();
    await store.write([tick], 1);
    const real = IDBDatabase.prototype.transaction;
    let broken = true;
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...args) {
      if (broken) {
        broken = false;
        throw new DOMException('The database connection is closing.', 'InvalidStateError');
      }
      return real.apply(this, args);
    });
    await store.write([tick], 2);
    expect((await store.readLog(inc)).records.map(record => record.n)).toEqual([1, 2]);
  });

  test('one that cannot be opened is blocked, in words', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('no', 'SecurityError');
    });
    await expect(new Root().get('language', 'sv')).rejects.toThrow(BlockedError);
  });

  test('another tab that wipes the organisation is not held up', async () => {
    const store = await joinedStore('delad');
    const other = new Store('delad');
    await other.phone();
    await store.wipe();
    other.close();
    const again = new Store('delad');
    open.push(again);
    expect(await again.phone()).toBeUndefined();
  });
});

describe('two tabs', () => {
  test('the other tab is told which incident moved', async () => {
    const store = await joinedStore('tabbar');
    const other = new Store('tabbar');
    open.push(other);
    const changes: Change[] = [];
    other.subscribe(change => changes.push(change));
    await store.write([tick], 1);
    await until(() => changes.length > 0);
    expect(changes).toMatchObject([{ incs: [inc], elsewhere: true }]);
  });

  test('a lock that a frozen tab sits on is waited for only so long', async () => {
    const store = await joinedStore();
    let granted = false;
    vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => AbortSignal.abort(new DOMException('late', 'TimeoutError')));
    vi.stubGlobal('navigator', {
      locks: { request: (_: string, { signal }: { signal: AbortSignal }, run: () => unknown) => (granted ? run() : Promise.reject(signal.reason as Error)) },
    });
    expect(await store.write([tick], 1)).toHaveLength(1);
    granted = true;
    expect(await store.write([tick], 2)).toHaveLength(1);
    vi.unstubAllGlobals();
  });
});

describe('the library', () => {
  test('is swapped whole or not at all, and keeps the versions that incidents use', async () => {
    const store = await joinedStore();
    const shelf = { manifest: { hash: 'm1' } as never, etag: null, fetched: 1 };
    await store.putDocument({ hash: 'a', text: '{}' });
    expect(await store.swapLibrary(shelf, ['a', 'b'], new Set())).toBe(false);
    expect(await store.shelf()).toBeUndefined();
    await store.putDocument({ hash: 'b', text: '{}' });
    await store.putDocument({ hash: 'i-bruk', text: '{}' });
    await store.putDocument({ hash: 'gammal', text: '{}' });
    expect(await store.swapLibrary(shelf, ['a', 'b'], new Set(['i-bruk']))).toBe(true);
    expect((await store.heldDocuments()).sort()).toEqual(['a', 'b', 'i-bruk']);
  });
});
