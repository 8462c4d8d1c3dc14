/* The sync loop under everything that can go wrong between a phone and a server. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stepOf } from '../../web/src/core/progress';
import { Person } from './people';
import { Phone, TestClock, until } from './phone';
import { json, Server, type Fault } from './server';

let clock: TestClock;
let server: Server;
let anna: Phone;

beforeEach(async () => {
  clock = new TestClock();
  server = new Server(clock.now);
  anna = await Phone.joined('anna', server, clock);
});
afterEach(() => {
  anna.loop.stop();
  anna.store.close();
});

describe('a good line', () => {
  test('what was ticked is with the team after one exchange, sealed as one range', async () => {
    await anna.starts();
    await anna.ticks('larma');
    await anna.syncs();
    expect(await anna.unsent()).toBe(0);
    expect(server.held(anna.inc).map(op => op[6])).toEqual(['open', 'card', 'mark']);
    expect(server.incidents.get(anna.inc)?.seals.map(seal => [seal[2], seal[3]])).toEqual([[1, 3]]);
    expect(server.syncs()).toHaveLength(1);
  });

  test('a deed made during an exchange is sent at once after it', async () => {
    await anna.starts();
    anna.loop.wake();
    await anna.ticks('larma');
    anna.loop.wake();
    await anna.rests();
    expect(await anna.unsent()).toBe(0);
  });

  test('news comes in pages until it is whole, and says how far it has come', async () => {
    server.pageSize = 10;
    const bo = new Person('bo', anna.inc);
    const log = Array.from({ length: 35 }, (_, at) => bo.marks(`kort/s${at}`, 'done'));
    server.take(
      log.map(entry => entry.op),
      [bo.seal(1, 35)],
    );
    await anna.syncs();
    expect((await anna.records()).map(record => record.n)).toEqual(log.map(entry => entry.op[2]));
    expect(
      anna.statuses
        .map(status => status.progress)
        .filter(progress => progress !== null)
        .map(({ have, of }) => `${have}/${of}`),
    ).toEqual(expect.arrayContaining(['10/35', '20/35', '30/35']));
    expect(anna.status.progress).toBeNull();
  });

  test('two phones agree, whoever was first', async () => {
    const bo = await Phone.joined('bo', server, clock);
    bo.inc = anna.inc;
    await anna.starts();
    await anna.syncs();
    await bo.syncs();
    await anna.ticks('larma');
    await bo.ticks('larma');
    await bo.write('mark', 'kort/ring', { state: 'failed', reason: 'ingen svarar' });
    await bo.syncs();
    await anna.syncs();
    await bo.syncs();
    const [one, other] = [await anna.incident(), await bo.incident()];
    expect(stepOf(one, 'kort/larma')?.mark.heads.map(head => head.id)).toEqual(stepOf(other, 'kort/larma')?.mark.heads.map(head => head.id));
    expect(stepOf(one, 'kort/larma')?.mark.heads).toHaveLength(2);
    expect(stepOf(one, 'kort/ring')?.state).toBe('failed');
    bo.loop.stop();
    bo.store.close();
  });

  test('the same news twice changes nothing', async () => {
    const bo = new Person('bo', anna.inc);
    const log = [bo.marks('kort/a', 'done'), bo.marks('kort/b', 'done')];
    server.take(
      log.map(entry => entry.op),
      [bo.seal(1, 2)],
    );
    await anna.syncs();
    const before = await anna.records();
    const row = await anna.store.plan({ operations: 0, bytes: 1, first: null });
    expect(row.heads[0]?.seq).toBe(2);
    await anna.store.heal(null, new Map());
    await anna.syncs();
    expect((await anna.records()).map(({ dev, n, h }) => [dev, n, h])).toEqual(before.map(({ dev, n, h }) => [dev, n, h]));
  });

  test('the clock is compared at every exchange, and what is measured is sent along', async () => {
    server.ahead = 63_000_000;
    await anna.starts();
    await anna.syncs();
    await anna.ticks('larma');
    await anna.syncs();
    expect(server.syncs().at(-1)?.body.offset).toBe(63_000_000);
    expect((await anna.records()).find(record => record.op[6] === 'mark')?.offset).toBe(63_000_000);
  });

  test('the report of the device is sent when it has changed, and only then', async () => {
    await anna.syncs();
    await anna.syncs();
    expect(server.syncs().map(asked => 'device' in asked.body)).toEqual([true, false]);
  });

  test('a large push is packed, a small one is not', async () => {
    await anna.starts();
    await anna.syncs();
    for (let i = 0; i < 10; i++) await anna.ticks(`s${i}`);
    await anna.syncs();
    await anna.syncs();
    expect(server.syncs().map(asked => asked.encoding)).toEqual(['gzip', 'gzip', null]);
  });

  test('more than sixteen seals side by side are spanned by one, here and there', async () => {
    await anna.starts();
    for (let i = 0; i < 17; i++) {
      await anna.ticks(`s${i}`);
      await anna.syncs();
    }
    await anna.syncs();
    const spans = server.incidents.get(anna.inc)?.seals.filter(seal => seal[3] - seal[2] > 15);
    expect(spans?.map(seal => [seal[2], seal[3]])).toEqual([[1, 19]]);
    expect((await anna.store.readLog(anna.inc)).seals.map(seal => [seal.from, seal.to])).toEqual([[1, 19]]);
    const asked = server.syncs().length;
    await anna.syncs();
    expect(
      server
        .syncs()
        .slice(asked)
        .every(each => (each.body.push as { seals: unknown[] }).seals.length === 0),
    ).toBe(true);
  });

  test('the incident on the screen is asked for first when there are many', async () => {
    for (let i = 0; i < 9; i++) {
      anna.inc = `${i}`.padEnd(22, 'i');
      await anna.starts();
    }
    await anna.syncs();
    const before = server.syncs().length;
    anna.loop.look(anna.inc);
    await anna.rests();
    const bodies = server
      .syncs()
      .slice(before)
      .map(asked => asked.body);
    expect([Object.keys(bodies[0]?.pull as object), bodies[0]?.unnamed]).toEqual([[anna.inc], 0]);
    expect(Object.keys(bodies[1]?.pull as object)).toHaveLength(9);
  });

  test('another library than ours is told of', async () => {
    await anna.syncs();
    expect(anna.librariesSeen).toEqual(['lib-1']);
  });
});

describe('a bad line', () => {
  test.each([
    ['html', 'portal'],
    ['portal', 'portal'],
    ['down', null],
    ['slow', null],
  ] as const)('an answer that is %s acknowledges nothing, and it is tried again', async (fault, problem) => {
    await anna.starts();
    server.faults = [fault];
    anna.loop.wake();
    if (fault === 'slow') {
      await until(() => server.asked.length === 1);
      clock.forward(60_000);
    }
    await anna.rests();
    expect(await anna.unsent()).toBe(2);
    expect(anna.status).toMatchObject({ problem, sending: false });
    expect(anna.status.since).not.toBeNull();
    anna.expectWake(1000);
    clock.forward(1000);
    await until(async () => (await anna.unsent()) === 0);
    await anna.rests();
    expect(anna.status).toMatchObject({ since: null, problem: null });
  });

  test('an answer with one verdict too few acknowledges nothing', async () => {
    await anna.starts();
    server.faults = [json(200, { v: 1, epoch: 'epoch-1', now: 1, results: [['ok', 1]], incidents: {} })];
    await anna.syncs();
    expect(await anna.unsent()).toBe(2);
    expect(anna.status.problem).toBe('portal');
  });

  test('an answer lost on the way is asked for again, and each deed is kept once', async () => {
    await anna.starts();
    const real = server.fetch;
    let lose = true;
    const losing = Object.assign(Object.create(server) as Server, {
      fetch: async (...args: Parameters<typeof fetch>) => {
        const answer = await real(...args);
        if (!lose) return answer;
        lose = false;
        throw new TypeError('lost');
      },
    });
    const phone = await Phone.joined('anna', losing, clock);
    phone.inc = anna.inc;
    await phone.starts();
    await phone.syncs();
    expect(await phone.unsent()).toBe(2);
    await phone.syncs();
    expect(await phone.unsent()).toBe(0);
    expect(server.held(phone.inc)).toHaveLength(2);
    phone.loop.stop();
    phone.store.close();
  });

  test('a failing server is asked less and less often, but at least once a minute', async () => {
    await anna.starts();
    server.fault = json(503, { error: { code: 'busy', message: '' } });
    await anna.syncs();
    const waits: number[] = [];
    for (let i = 0; i < 9; i++) {
      const wait = clock.nextIn ?? -1;
      waits.push(wait);
      clock.forward(wait);
      await anna.rests();
    }
    expect(waits).toEqual([750, 1500, 3000, 6000, 12000, 24000, 45000, 45000, 45000]);
    expect(anna.status.problem).toBe('server');
    server.fault = null;
    clock.forward(60_000);
    await until(async () => (await anna.unsent()) === 0);
  });

  test('a server that says when to come back is not asked before, not even for a new deed', async () => {
    await anna.starts();
    server.faults = [json(429, { error: { code: 'limit', message: '' } }, { 'retry-after': '7' })];
    await anna.syncs();
    await anna.ticks('larma');
    anna.loop.wake();
    expect(server.syncs()).toHaveLength(1);
    expect(clock.nextIn).toBe(7000);
    clock.forward(7000);
    await until(async () => (await anna.unsent()) === 0);
  });

  test('a new deed does not wait for a long backoff', async () => {
    await anna.starts();
    server.fault = 'down';
    for (let i = 0; i < 8; i++) await anna.syncs();
    server.fault = null;
    await anna.ticks('larma');
    await anna.syncs();
    expect(await anna.unsent()).toBe(0);
  });

  test.each<[Fault]>([
    ['down'],
    ['slow'],
    ['html'],
    ['portal'],
    [json(401, { error: { code: 'session' } })],
    [json(403, { error: { code: 'origin' } })],
    [json(404, {})],
    [json(409, { error: { code: 'epoch' }, epoch: 'x' })],
    [json(413, { error: { code: 'size' } })],
    [json(422, { error: { code: 'shape' } })],
    [json(429, {})],
    [json(500, {})],
    [new Response('', { status: 502 })],
    [new Response('{', { headers: { 'content-type': 'application/json' } })],
    [json(200, {})],
    [json(200, [])],
  ])('whatever every answer is, a wake is scheduled while something is unsent (%s)', async fault => {
    await anna.starts();
    server.fault = fault;
    anna.loop.wake();
    if (fault === 'slow') {
      await until(() => server.asked.length === 1);
      clock.forward(60_000);
    }
    await anna.rests();
    expect(await anna.unsent()).toBe(2);
    anna.expectWake(60_000);
  });
});
