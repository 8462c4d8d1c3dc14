/* Three phones, a bad line, a server that forgets, tabs and clones: at the end all draw the same, and no deed is lost.
   The seed is printed when it fails. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawn } from './people';
import { Phone, TestClock } from './phone';
import { json, Server, type Fault } from './server';

type Move = { who: number; what: 'tick' | 'log' | 'sync' | 'forget' | 'restart'; fault: number; step: number };
const moves = fc.array(
  fc.record<Move>({
    who: fc.nat(2),
    what: fc.constantFrom('tick', 'tick', 'tick', 'log', 'sync', 'sync', 'sync', 'forget', 'restart'),
    fault: fc.nat(9),
    step: fc.nat(5),
  }),
  { minLength: 5, maxLength: 40 },
);

const faults: (() => Fault)[] = [() => 'down', () => 'html', () => json(500, {}), () => json(401, { error: { code: 'session' } })];
const states = ['done', 'todo', 'doing', 'failed', 'na', 'already'];

test('whatever happens, all phones end with the same state and every deed in it', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(moves, fc.nat(30), async (script, pageSize) => {
      const clock = new TestClock();
      const server = new Server(clock.now);
      server.pageSize = pageSize + 1;
      const phones = await Promise.all(['anna', 'bo', 'cia'].map(name => Phone.joined(name, server, clock)));
      const [first] = phones;
      if (first === undefined) return;
      await first.starts();
      for (const phone of phones) phone.inc = first.inc;
      const deeds = new Set((await first.records()).map(record => `${record.dev}.${record.n}`));
      let epochs = 1;
      for (const { who, what, fault, step } of script) {
        const phone = phones[who];
        if (phone === undefined) continue;
        clock.forward(997);
        await phone.rests();
        if (what === 'tick') await phone.write('mark', `kort/s${step}`, { state: states[step] });
        if (what === 'log') await phone.write('log', '', { type: 'event', text: `${phone.name} ${step}` });
        if (what === 'forget' && fault < 3) {
          server.incidents.get(first.inc)?.rows.splice(step);
          server.epoch = `epoch-${++epochs}`;
        }
        if (what === 'restart') {
          phone.loop.stop();
          phone.loop = phone.newLoop();
        }
        if (what === 'sync') {
          const made = faults[fault]?.();
          server.faults = made === undefined ? [] : [made];
          await phone.syncs();
          server.faults = [];
        }
        for (const record of await phone.records()) if (record.own) deeds.add(`${record.dev}.${record.n}`);
      }
      for (let round = 0; round < 3; round++) for (const phone of phones) await phone.syncs();
      const [one, ...others] = await Promise.all(phones.map(phone => phone.incident()));
      const ids = await Promise.all(phones.map(async phone => new Set((await phone.records()).map(record => `${record.dev}.${record.n}`))));
      for (const phone of phones) {
        expect(await phone.unsent()).toBe(0);
        phone.loop.stop();
        phone.store.close();
      }
      for (const held of ids) expect(held).toEqual(deeds);
      for (const other of others) expect(drawn(other)).toEqual(drawn(one as never));
    }),
    { numRuns: 25 },
  );
});
