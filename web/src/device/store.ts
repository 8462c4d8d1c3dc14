/* The phone's disk: one database for each organisation and a tiny one for the list of them. Who wants anything kept comes here.
   One rule: one transaction for one deed or one answer, strictly durable, and inside it nothing is awaited but the database. */

import type { Seal } from '../core/operation';
import type { Answer, Have } from './answer';
import { Database } from './database';
import { planExchange, type Plan, type PlanLimits } from './planning';
import { heal, receive, setAside, type Receipt, type Sent } from './receiving';
import type { Identity, OperationRecord, PersonRecord, SealRecord, DocumentRecord, HeadRecord, Membership } from './records';
import type { Phone, RootSchema, Schema, Shelf, StoreName } from './schema';
import { sealRecord } from './sealing';
import { writeDeeds, type Deed } from './writing';

/** What moved on disk. `elsewhere`: another tab did it, so the records have to be read. */
export interface Change {
  records: OperationRecord[];
  seals: SealRecord[];
  people: PersonRecord[];
  incs: string[];
  library: boolean;
  phone: boolean;
  elsewhere: boolean;
}

const lockMs = 2_000;
const everything: StoreName[] = ['phone', 'library', 'identities', 'heads', 'ops', 'loose', 'seals', 'people', 'documents'];
const logs: StoreName[] = ['phone', 'heads', 'ops', 'loose', 'seals', 'people'];

export class Store {
  private readonly listeners = new Set<(change: Change) => void>();
  private readonly channel: BroadcastChannel | null;
  private readonly database: Database<Schema>;

  constructor(readonly organisation: string) {
    this.database = new Database<Schema>(`stormlykta-${organisation}`, {
      upgrade(db) {
        for (const name of ['phone', 'library'] as const) db.createObjectStore(name);
        db.createObjectStore('identities', { keyPath: 'device' });
        db.createObjectStore('heads', { keyPath: 'inc' });
        db.createObjectStore('ops', { keyPath: ['inc', 'dev', 'n', 'h'] }).createIndex('wait', 'wait');
        db.createObjectStore('loose', { keyPath: ['inc', 'key'] });
        db.createObjectStore('seals', { keyPath: ['inc', 'dev', 'from', 'to', 'head'] });
        db.createObjectStore('people', { keyPath: 'dev' });
        db.createObjectStore('documents', { keyPath: 'hash' });
      },
    });
    this.channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(`stormlykta-${organisation}`);
    this.channel?.addEventListener('message', (event: MessageEvent<Omit<Change, 'records' | 'seals' | 'people' | 'elsewhere'>>) => {
      this.tell({ ...event.data, records: [], seals: [], people: [], elsewhere: true });
    });
  }

  subscribe(listener: (change: Change) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  close(): void {
    this.channel?.close();
    this.database.close();
  }

  /** One transaction: allots n and lam, chains, writes, moves the head. Resolves when it is on disk. */
  async write(deeds: readonly Deed[], t: number): Promise<OperationRecord[]> {
    const records = await this.alone(() => this.database.transact(logs, 'readwrite', tx => writeDeeds(tx, deeds, t)));
    this.say({ records, incs: deeds.map(deed => deed.inc) });
    return records;
  }

  plan(limits: PlanLimits): Promise<Plan> {
    return this.database.transact([...logs, 'library'], 'readonly', tx => planExchange(tx, limits));
  }

  /** One transaction for one answer: verdicts, news, people, seals. */
  async receive(answer: Answer, sent: Sent): Promise<Receipt> {
    const receipt = await this.database.transact(logs, 'readwrite', tx => receive(tx, answer, sent));
    const { records, seals, people } = receipt;
    const incs = [...new Set([...records.map(record => record.inc), ...seals.map(seal => seal.inc)])];
    if (records.length + people.length + seals.length > 0) this.say({ records, seals, people, incs });
    return receipt;
  }

  async setAside(record: OperationRecord, code: string): Promise<void> {
    const records = await this.database.transact(logs, 'readwrite', tx => setAside(tx, record, code));
    this.say({ records, incs: [record.inc] });
  }

  /** The server's time went backwards: what it lacks is to be sent again, all is to be fetched again. */
  async heal(epoch: string | null, have: Have): Promise<void> {
    const records = await this.database.transact(logs, 'readwrite', tx => heal(tx, epoch, have));
    this.say({ records, incs: [...new Set(records.map(record => record.inc))] });
  }

  /** Before they are sent, so that an export can prove what it holds. A seal that was never sent gives way to the next one from its place. */
  async putSeals(seals: readonly Seal[]): Promise<void> {
    if (seals.length === 0) return;
    const records = seals.map(seal => sealRecord(seal, true, false));
    await this.database.transact(['seals'], 'readwrite', async tx => {
      for (const record of records) {
        const { inc, dev, from } = record;
        for (const held of await tx.objectStore('seals').getAll(IDBKeyRange.bound([inc, dev, from], [inc, dev, from + 1], false, true))) {
          if (held.own && !held.sent) await tx.objectStore('seals').delete([inc, dev, from, held.to, held.head]);
        }
        await tx.objectStore('seals').put(record);
      }
    });
    this.say({ seals: records, incs: [...new Set(records.map(record => record.inc))] });
  }

  unsentCount(): Promise<number> {
    return this.database.transact(['ops'], 'readonly', tx => tx.objectStore('ops').index('wait').count());
  }

  incidents(): Promise<string[]> {
    return this.database.transact(['heads'], 'readonly', tx => tx.objectStore('heads').getAllKeys());
  }

  /** Everything that is folded and shown: all incidents, or one. */
  readLog(inc?: string): Promise<{ records: OperationRecord[]; seals: SealRecord[]; people: PersonRecord[]; heads: HeadRecord[] }> {
    const range = inc === undefined ? undefined : IDBKeyRange.bound([inc], [inc, []]);
    return this.database.transact(logs, 'readonly', async tx => {
      const [records, seals, people, heads] = await Promise.all([
        tx.objectStore('ops').getAll(range),
        tx.objectStore('seals').getAll(range),
        tx.objectStore('people').getAll(),
        tx.objectStore('heads').getAll(),
      ]);
      return { records, seals, people, heads };
    });
  }

  phone(): Promise<Phone | undefined> {
    return this.database.transact(['phone'], 'readonly', tx => tx.objectStore('phone').get('phone'));
  }

  async changePhone(change: Partial<Phone>): Promise<void> {
    await this.database.transact(['phone'], 'readwrite', async tx => {
      const held = await tx.objectStore('phone').get('phone');
      if (held !== undefined) await tx.objectStore('phone').put({ ...held, ...change }, 'phone');
    });
    this.say({ phone: true });
  }

  identity(device: string): Promise<Identity | undefined> {
    return this.database.transact(['identities'], 'readonly', tx => tx.objectStore('identities').get(device));
  }

  /** From now on this identity writes; what was here stays, and so do the keys of older identities. */
  async adopt(identity: Identity, membership: Membership, epoch: string | null, offset: number | null): Promise<void> {
    await this.database.transact(everything, 'readwrite', async tx => {
      const held = await tx.objectStore('phone').get('phone');
      await tx.objectStore('identities').put(identity);
      await tx.objectStore('people').put({ dev: identity.device, member: membership.member.id, key: identity.point });
      await tx
        .objectStore('phone')
        .put(
          { membership, device: identity.device, epoch: held?.epoch ?? epoch, offset: offset ?? held?.offset ?? null, reached: held?.reached ?? null },
          'phone',
        );
    });
    this.say({ phone: true, people: [{ dev: identity.device, member: membership.member.id, key: identity.point }] });
  }

  shelf(): Promise<Shelf | undefined> {
    return this.database.transact(['library'], 'readonly', tx => tx.objectStore('library').get('current'));
  }

  documents(): Promise<DocumentRecord[]> {
    return this.database.transact(['documents'], 'readonly', tx => tx.objectStore('documents').getAll());
  }

  heldDocuments(): Promise<string[]> {
    return this.database.transact(['documents'], 'readonly', tx => tx.objectStore('documents').getAllKeys());
  }

  async putDocument(document: DocumentRecord, announce = false): Promise<void> {
    await this.database.transact(['documents'], 'readwrite', tx => tx.objectStore('documents').put(document));
    if (announce) this.say({ library: true });
  }

  /** All or nothing: false, and the old library stays, when a document is lacking. Documents outside `keep` are forgotten. */
  async swapLibrary(shelf: Shelf, needed: readonly string[], keep: ReadonlySet<string>): Promise<boolean> {
    const swapped = await this.database.transact(['library', 'documents'], 'readwrite', async tx => {
      const held = await tx.objectStore('documents').getAllKeys();
      if (!needed.every(hash => held.includes(hash))) return false;
      for (const hash of held) if (!needed.includes(hash) && !keep.has(hash)) await tx.objectStore('documents').delete(hash);
      await tx.objectStore('library').put(shelf, 'current');
      return true;
    });
    if (swapped) this.say({ library: true });
    return swapped;
  }

  /** Told that this phone is revoked: all that is the organisation's goes at once. Of its own only what the server has not taken stays, to be saved as a file. */
  async strip(): Promise<void> {
    await this.database.transact(everything, 'readwrite', async tx => {
      for (const name of ['library', 'documents', 'loose'] as const) await tx.objectStore(name).clear();
      const kept = new Set<string>();
      for (const record of await tx.objectStore('ops').getAll()) {
        if (record.own && !record.held) kept.add(record.inc);
        else await tx.objectStore('ops').delete([record.inc, record.dev, record.n, record.h]);
      }
      for (const seal of await tx.objectStore('seals').getAll())
        if (!seal.own || !kept.has(seal.inc)) await tx.objectStore('seals').delete([seal.inc, seal.dev, seal.from, seal.to, seal.head]);
      for (const inc of await tx.objectStore('heads').getAllKeys()) if (!kept.has(inc)) await tx.objectStore('heads').delete(inc);
      const own = await tx.objectStore('identities').getAllKeys();
      for (const dev of await tx.objectStore('people').getAllKeys()) if (!own.includes(dev)) await tx.objectStore('people').delete(dev);
      if (kept.size === 0) await tx.objectStore('identities').clear();
    });
    this.say({ library: true, phone: true });
  }

  /** Nothing of this organisation stays on the phone. */
  async wipe(): Promise<void> {
    this.channel?.close();
    await this.database.wipe();
  }

  /** Tabs write one at a time. A frozen tab may sit on the lock, so it is waited for only so long: the transaction alone is enough. */
  private async alone<R>(work: () => Promise<R>): Promise<R> {
    if (typeof navigator === 'undefined' || !('locks' in navigator)) return work();
    const signal = AbortSignal.timeout(lockMs);
    let begun = false;
    try {
      return await navigator.locks.request(`${this.database.name}-write`, { signal }, () => {
        begun = true;
        return work();
      });
    } catch (error) {
      if (begun) throw error;
      return work();
    }
  }

  private say(change: Partial<Change>): void {
    const whole: Change = { records: [], seals: [], people: [], incs: [], library: false, phone: false, elsewhere: false, ...change };
    this.channel?.postMessage({ incs: whole.incs, library: whole.library, phone: whole.phone || whole.people.length > 0 });
    this.tell(whole);
  }

  private tell(change: Change): void {
    for (const listener of this.listeners) listener(change);
  }
}

/** What belongs to no organisation: which ones this phone has joined, and its settings. */
export class Root {
  private readonly database = new Database<RootSchema>('stormlykta', {
    upgrade(db) {
      db.createObjectStore('settings');
    },
  });

  async get<T>(key: string, otherwise: T): Promise<T> {
    return ((await this.database.transact(['settings'], 'readonly', tx => tx.objectStore('settings').get(key))) as T | undefined) ?? otherwise;
  }

  async set(key: string, value: unknown): Promise<void> {
    await this.database.transact(['settings'], 'readwrite', tx => tx.objectStore('settings').put(value, key));
  }

  close(): void {
    this.database.close();
  }
}
