/* The sync loop when the server says no: refusals, sessions, clones, revocation, time going backwards, two tabs. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Entry } from '../../web/src/core/shapes';
import { Store } from '../../web/src/device/store';
import { Person } from './people';
import { Phone, TestClock, until } from './phone';
import { json, Server } from './server';

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

describe('what the server refuses', () => {
  test('a poison operation among many is set aside alone, and the rest go through', async () => {
    await anna.starts();
    for (let i = 0; i < 99; i++) await anna.write('log', '', { type: 'event', text: i === 41 ? 'gift' : `rad ${i}` });
    server.poison = 'gift';
    await anna.syncs();
    expect(server.held(anna.inc)).toHaveLength(100);
    const aside = (await anna.records()).filter(record => record.aside !== undefined);
    expect(aside.map(record => JSON.parse(record.op[9]) as unknown)).toEqual([{ type: 'event', text: 'gift' }]);
    expect(await anna.unsent()).toBe(0);
    expect(server.syncs().length).toBeLessThan(25);
    await anna.ticks('larma');
    await anna.syncs();
    expect(server.held(anna.inc)).toHaveLength(101);
  });

  test('a server that refuses everything makes no operation look like poison', async () => {
    await anna.starts();
    server.fault = json(400, { error: { code: 'nonsense', message: '' } });
    await anna.syncs();
    expect((await anna.records()).filter(record => record.aside !== undefined)).toEqual([]);
    expect(anna.status.problem).toBe('server');
    server.fault = null;
    await anna.syncs();
    expect(await anna.unsent()).toBe(0);
  });

  test('verdicts are final for the queue, and kept with their reason', async () => {
    await anna.starts();
    server.verdicts.set('spärrad', ['quar', 'member']).set('trasig', ['dead', 'size']);
    await anna.write('log', '', { type: 'event', text: 'spärrad' });
    await anna.syncs();
    await anna.write('log', '', { type: 'event', text: 'trasig' });
    await anna.syncs();
    expect((await anna.records()).map(record => record.verdict)).toEqual(['ok', 'ok', 'quar:member', 'dead:size']);
    expect(await anna.unsent()).toBe(0);
    expect(await anna.incident()).toMatchObject({ waiting: [{ verdict: 'quar:member' }], dead: [{ verdict: 'dead:size' }] });
  });

  test('when one operation is dead, its neighbours get seals of their own', async () => {
    await anna.starts();
    await anna.write('log', '', { type: 'event', text: 'trasig' });
    await anna.ticks('larma');
    server.verdicts.set('trasig', ['dead', 'shape']);
    await anna.syncs();
    expect(server.held(anna.inc)).toHaveLength(0);
    expect((await anna.records()).map(record => record.verdict)).toEqual(['quar:seal', 'quar:seal', 'dead:shape', 'quar:seal']);
    expect(server.incidents.get(anna.inc)?.seals.map(seal => [seal[2], seal[3]])).toEqual([
      [1, 4],
      [1, 2],
      [4, 4],
    ]);
    const asked = server.syncs().length;
    await anna.syncs();
    expect((server.syncs()[asked]?.body.push as { seals: unknown[] }).seals).toEqual([]);
  });
});

describe('who we are', () => {
  test('a phone whose session has gone lets itself in with its key', async () => {
    await anna.starts();
    server.sessionAlive = false;
    await anna.syncs();
    expect(await anna.unsent()).toBe(0);
    expect(server.asked.map(asked => asked.path.split('/').pop())).toEqual(['sync', 'challenge', 'session', 'sync']);
  });

  test('a session that cannot be had wipes nothing and stops nobody', async () => {
    await anna.starts();
    server.fault = json(401, { error: { code: 'session', message: '' } });
    await anna.syncs();
    expect(anna.status.problem).toBe('session');
    await anna.ticks('larma');
    expect(await anna.unsent()).toBe(3);
    anna.expectWake();
  });

  test('a cloned phone takes a new name and goes on, and both branches are kept', async () => {
    await anna.starts();
    await anna.syncs();
    const device = (await anna.store.phone())?.device ?? '';
    const clone = new Person('clone', anna.inc);
    Object.assign(clone, { dev: device, n: 2, lam: 2 });
    server.take([clone.marks('kort/klon', 'done').op], []);
    await anna.ticks('larma');
    await anna.syncs();
    const renamed = (await anna.store.phone())?.device ?? '';
    expect(renamed).not.toBe(device);
    expect(server.devices).toEqual(new Set([renamed]));
    await anna.ticks('ring');
    await anna.syncs();
    expect(await anna.unsent()).toBe(0);
    expect(server.held(anna.inc).map(op => `${op[1] === device ? 'old' : 'new'} ${op[2]} ${op[7]}`)).toEqual([
      'old 1 ',
      'old 2 kort',
      'old 3 kort/klon',
      'old 3 kort/larma',
      'new 1 kort/ring',
    ]);
  });

  test('a new name that cannot be had at once is asked for again', async () => {
    await anna.starts();
    await anna.store.changePhone({ forked: true });
    server.faults = ['down'];
    await anna.syncs();
    expect(server.devices.size).toBe(0);
    await anna.syncs();
    expect(server.devices.size).toBe(1);
    expect(await anna.unsent()).toBe(0);
  });

  test('a revoked phone sends what it has, and then is silent', async () => {
    await anna.starts();
    server.revoked = true;
    await anna.syncs();
    expect(anna.status.revoked).toBe(true);
    expect(server.held(anna.inc)).toHaveLength(2);
    expect(await anna.records()).toHaveLength(2);
    expect(clock.nextIn).toBeNull();
  });
});

describe('when time goes backwards', () => {
  test('a new epoch makes every phone push what is missing, its own and the sealed work of others', async () => {
    const bo = new Person('bo', anna.inc);
    await anna.starts();
    server.take([bo.marks('kort/a', 'done').op, bo.marks('kort/b', 'done').op], [bo.seal(1, 2)]);
    await anna.ticks('larma');
    await anna.syncs();
    const before = (await anna.records()).map(({ dev, n, h }) => `${dev}.${n}.${h}`);
    expect(before).toHaveLength(5);
    server.epoch = 'epoch-2';
    server.incidents.clear();
    server.take([bo.marks('kort/annat', 'done').op], []);
    server.incidents.clear();
    await anna.syncs();
    expect(server.held(anna.inc)).toHaveLength(5);
    expect(await anna.unsent()).toBe(0);
    expect((await anna.records()).map(({ dev, n, h }) => `${dev}.${n}.${h}`)).toEqual(before);
  });

  test('what the restored server still has is not sent again, and counts as kept only when it has come back', async () => {
    await anna.starts();
    await anna.ticks('a');
    await anna.ticks('b');
    await anna.syncs();
    const held = server.incidents.get(anna.inc);
    held?.rows.splice(2);
    server.epoch = 'epoch-2';
    await anna.store.heal('epoch-2', new Map([[anna.inc, new Map([[(await anna.store.phone())?.device ?? '', [[1, 2]]]])]]) as never);
    expect(await anna.unsent()).toBe(4);
    const asked = server.syncs().length;
    await anna.syncs();
    expect(await anna.unsent()).toBe(0);
    expect((server.syncs()[asked]?.body.push as { ops: unknown[] }).ops).toHaveLength(2);
    expect((await anna.records()).map(({ own, prev }) => own && prev !== undefined)).toEqual([true, true, true, true]);
    expect(server.held(anna.inc)).toHaveLength(4);
  });

  test('a head below what we hold is the same, without a word about epochs', async () => {
    await anna.starts();
    await anna.ticks('a');
    await anna.syncs();
    server.incidents.get(anna.inc)?.rows.splice(1);
    await anna.syncs();
    expect(server.held(anna.inc)).toHaveLength(3);
    expect(await anna.unsent()).toBe(0);
  });

  test('what the server said it had, but did not give back, is sent after all', async () => {
    await anna.starts();
    await anna.syncs();
    server.incidents.clear();
    const bo = new Person('bo', anna.inc);
    server.take([bo.marks('kort/a', 'done').op], [bo.seal(1, 1)]);
    server.epoch = 'epoch-2';
    await anna.store.heal('epoch-2', new Map([[anna.inc, new Map([[(await anna.store.phone())?.device ?? '', [[1, 2]]]])]]) as never);
    await anna.syncs();
    await anna.syncs();
    expect(server.held(anna.inc)).toHaveLength(3);
  });
});

describe('what may not be seen', () => {
  test('an operation given as its digest hides nothing of its neighbours, now or later', async () => {
    server.secret = 'hemligt';
    const bo = new Person('bo', anna.inc);
    const write = (text: string): Entry => bo.writes('log', '', { type: 'event', text });
    const first = [write('ett'), write('hemligt två'), write('tre')];
    server.take(
      first.map(entry => entry.op),
      [bo.seal(1, 3)],
    );
    await anna.syncs();
    expect((await anna.incident()).log.map(entry => entry.stamp.id)).toEqual([first[0]?.id, first[2]?.id]);
    const more = [write('hemligt fyra'), write('fem')];
    server.take(
      more.map(entry => entry.op),
      [bo.seal(1, 5)],
    );
    await anna.syncs();
    expect((await anna.incident()).log.map(entry => entry.stamp.id)).toEqual([first[0]?.id, first[2]?.id, more[1]?.id]);
  });
});

describe('two tabs', () => {
  test('write and send at the same time without harm', async () => {
    await anna.starts();
    const other = new Store(anna.organisation);
    const loop = anna.newLoop(other);
    await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        (at % 2 === 0 ? anna.store : other).write([{ inc: anna.inc, kind: 'mark', target: `kort/s${at}`, refs: [], body: { state: 'done' } }], 1),
      ),
    );
    anna.loop.wake();
    loop.wake();
    await anna.rests();
    await until(() => loop.resting);
    const records = await anna.records();
    expect(records.map(record => record.n)).toEqual(Array.from({ length: 22 }, (_, at) => at + 1));
    expect(await anna.unsent()).toBe(0);
    expect(server.held(anna.inc)).toHaveLength(22);
    expect(server.devices.size).toBe(0);
    loop.stop();
    other.close();
  });
});
