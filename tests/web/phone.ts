/* A named person's phone: the real store (over fake-indexeddb), real keys, the real loop, and a clock that the test moves.
   One rule: everything goes through the doors that the app uses. */
import 'fake-indexeddb/auto';
import { expect } from 'vitest';
import { fold } from '../../web/src/core/incident';
import type { Incident } from '../../web/src/core/shapes';
import { Api, type Clock } from '../../web/src/device/api';
import { makeIdentity, randomId } from '../../web/src/device/keys';
import { entryOf, idOfRecord, type OperationRecord } from '../../web/src/device/records';
import { Store } from '../../web/src/device/store';
import type { Status } from '../../web/src/device/status';
import { Loop } from '../../web/src/device/sync';
import type { Server } from './server';

export class TestClock implements Clock {
  private time = 1_795_392_000_000;
  private timers = new Map<number, { at: number; run: () => void }>();
  private next = 1;

  now = (): number => this.time;
  random = (): number => 0.5;

  after(ms: number, run: () => void): () => void {
    const id = this.next++;
    this.timers.set(id, { at: this.time + ms, run });
    return () => this.timers.delete(id);
  }

  /** ms until the next timer; null: nothing will ever happen again. */
  get nextIn(): number | null {
    const times = [...this.timers.values()].map(timer => timer.at - this.time);
    return times.length === 0 ? null : Math.min(...times);
  }

  forward(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const [first] = [...this.timers].filter(([, timer]) => timer.at <= end).sort((a, b) => a[1].at - b[1].at);
      if (first === undefined) break;
      this.timers.delete(first[0]);
      this.time = Math.max(this.time, first[1].at);
      first[1].run();
    }
    this.time = end;
  }
}

export class Phone {
  readonly statuses: Status[] = [];
  loop!: Loop;
  store!: Store;
  inc = randomId(16);
  librariesSeen: string[] = [];

  private constructor(
    readonly name: string,
    readonly server: Server,
    readonly clock: TestClock,
    readonly organisation: string,
  ) {}

  static async joined(
    name: string,
    server: Server,
    clock: TestClock,
    organisation = `demo-${name}-${randomId(8).toLowerCase().replaceAll('_', '-')}`,
  ): Promise<Phone> {
    const phone = new Phone(name, server, clock, organisation);
    phone.store = new Store(organisation);
    const membership = { organisation: { id: organisation, name: 'Demo' }, member: { id: name, name, roles: [] }, name: `${name}s telefon` };
    const identity = await makeIdentity();
    server.names.set(identity.device, name);
    await phone.store.adopt(identity, membership, null, 0);
    phone.loop = phone.newLoop();
    return phone;
  }

  /** Another tab, or the app started anew: the same disk, its own loop. */
  newLoop(store = this.store): Loop {
    return new Loop(store, new Api(this.server.fetch, this.clock), {
      build: 'test',
      readiness: () => ({ offline_ok: true, persisted: true, tested: 0 }),
      status: status => this.statuses.push(status),
      library: hash => this.librariesSeen.push(hash),
      live: () => true,
    });
  }

  async starts(): Promise<void> {
    await this.write('open', '', { title: 'Stormen Vera', exercise: 0 });
    await this.write('card', 'kort', { checklist: 'c', version: 1, hash: 'h' });
  }

  async write(kind: string, target: string, body: Record<string, unknown>): Promise<string> {
    const [record] = await this.store.write([{ inc: this.inc, kind, target, refs: [], body }], this.clock.now());
    return record === undefined ? '' : idOfRecord(record);
  }

  ticks(step: string): Promise<string> {
    return this.write('mark', `kort/${step}`, { state: 'done' });
  }

  /** Wakes the loop and waits until it rests. */
  async syncs(): Promise<Status> {
    this.loop.wake();
    await this.rests();
    return this.status;
  }

  async rests(): Promise<void> {
    await until(() => this.loop.resting);
  }

  get status(): Status {
    const last = this.statuses.at(-1);
    if (last === undefined) throw new Error('nothing has happened yet');
    return last;
  }

  async records(): Promise<OperationRecord[]> {
    return (await this.store.readLog(this.inc)).records;
  }

  async unsent(): Promise<number> {
    return (await this.records()).filter(record => record.own && !record.held && record.aside === undefined).length;
  }

  async incident(): Promise<Incident> {
    const { records, people } = await this.store.readLog(this.inc);
    return fold(
      this.inc,
      records.map(record => entryOf(record, new Map(people.map(person => [person.dev, person.member])), 0)),
    );
  }

  /** Something is unsent, so a wake must be scheduled. */
  expectWake(withinMs = 120_000): void {
    expect(this.loop.resting).toBe(true);
    expect(this.clock.nextIn).not.toBeNull();
    expect(this.clock.nextIn).toBeLessThanOrEqual(withinMs);
  }
}

export async function until(met: () => boolean | Promise<boolean>, ms = 3000): Promise<void> {
  for (const end = Date.now() + ms; !(await met());) {
    if (Date.now() > end) throw new Error('it never happened');
    await new Promise(resolve => setImmediate(resolve));
  }
}
