/* Telling which operation is which, from seals alone. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encode64, firstEight } from '../../web/src/core/base64';
import { digest } from '../../web/src/core/chain';
import type { Entry } from '../../web/src/core/shapes';
import { identify, type Candidate } from '../../web/src/core/walk';
import { readAnswer } from '../../web/src/device/answer';
import { take } from '../../web/src/device/taking';
import { Person } from './people';

let seq = 0;
const came = (entry: Entry): Candidate => ({ op: entry.op, d: digest(entry.op), seq: ++seq, h: null });
const hiddenOne = (entry: Entry): Candidate => ({ op: null, d: digest(entry.op), seq: ++seq, h: null });
const writes = (person: Person, count: number): Entry[] =>
  Array.from({ length: count }, (_, at) => person.writes('log', '', { type: 'event', text: `${person.name} ${at} ${person.lam}` }));

function told(found: Map<Candidate, string>): string[] {
  return [...found].flatMap(([candidate, h]) => (candidate.op === null ? [] : [`${candidate.op[1]}.${candidate.op[2]}.${firstEight(h)}`])).sort();
}
const ids = (entries: readonly Entry[]): string[] => entries.map(entry => entry.id).sort();

describe('identification', () => {
  test('operations in any order are told by one seal that spans them', () => {
    const anna = new Person('anna');
    const log = writes(anna, 40);
    expect(told(identify([...log].reverse().map(came), [anna.seal(1, 40)]))).toEqual(ids(log));
  });

  test('the beginning of a seal is told when nothing more is to come, and not before', () => {
    const anna = new Person('anna');
    const log = writes(anna, 40);
    const beginning = [...log.slice(0, 10), ...log.slice(11)];
    expect(told(identify(beginning.map(came), [anna.seal(1, 40)]))).toEqual([]);
    expect(told(identify(beginning.map(came), [anna.seal(1, 40)], true))).toEqual(ids(log.slice(0, 10)));
    expect(told(identify(beginning.map(came), [anna.seal(1, 40), anna.seal(12, 40)], true))).toEqual(ids(beginning));
  });

  test('what follows a dead operation is told through its digest', () => {
    const anna = new Person('anna');
    const log = writes(anna, 9);
    const dead = log[4];
    if (dead === undefined) throw new Error('no operation');
    const raw = {
      ops: log.filter(entry => entry !== dead).map(({ op }, at) => [at + 1, op, 1, 0, 'ok']),
      seals: [anna.seal(1, 9)],
      people: {},
      seq: 8,
      head: 8,
    };
    const taken = (links: unknown[]): string[] => {
      const answer = readAnswer({ v: 1, epoch: 'e', now: 1, results: [], incidents: { [anna.inc]: { ...raw, links } }, library: 'l' }, 0);
      const news = answer?.incidents.get(anna.inc);
      if (news === undefined) throw new Error('no news');
      return take(anna.inc, news, { records: [], loose: [], seals: [] }).records.map(record => String(record.n));
    };
    expect(taken([[anna.dev, 5, encode64(digest(dead.op))]])).toEqual(['1', '2', '3', '4', '6', '7', '8', '9']);
    expect(taken([])).toEqual(['1', '2', '3', '4']);
  });

  test('the end of a seal waits for its beginning', () => {
    const anna = new Person('anna');
    const log = writes(anna, 40);
    expect(told(identify(log.slice(10).map(came), [anna.seal(1, 40)]))).toEqual([]);
    expect(told(identify(log.slice(10).map(came), [anna.seal(1, 40), anna.seal(11, 12)]))).toEqual(ids(log.slice(10, 12)));
    expect(told(identify(log.slice(10).map(came), [anna.seal(11, 40)]))).toEqual(ids(log.slice(10)));
  });

  test('a seal that does not end where the walk does identifies nothing', () => {
    const anna = new Person('anna');
    const log = writes(anna, 5);
    const [dev, inc, from, to, prev, , sig] = anna.seal(1, 5);
    expect(told(identify(log.map(came), [[dev, inc, from, to, prev, anna.hash(4), sig]], true))).toEqual([]);
  });

  test('both branches of a cloned phone are told apart', () => {
    const anna = new Person('anna');
    const common = writes(anna, 20);
    const clone = anna.cloned();
    clone.lam += 7;
    const one = writes(anna, 30);
    const other = writes(clone, 25);
    const seals = [anna.seal(1, 50), clone.seal(21, 45)];
    expect(told(identify([...common, ...one, ...other].map(came), seals))).toEqual(ids([...common, ...one, ...other]));
    expect(told(identify([...other, ...common, ...one].map(came), seals))).toEqual(ids([...common, ...one, ...other]));
  });

  test('a branch that has not all come is not mistaken for the other', () => {
    const anna = new Person('anna');
    const common = writes(anna, 5);
    const clone = anna.cloned();
    clone.lam += 7;
    const one = writes(anna, 5);
    const other = writes(clone, 5);
    const found = told(identify([...common, ...one.slice(3), ...other].map(came), [anna.seal(1, 10), clone.seal(6, 10)]));
    for (const id of found) expect(ids([...common, ...one, ...other])).toContain(id);
    expect(found).toEqual(expect.arrayContaining(ids([...other])));
  });

  test('a hidden operation is walked over by its digest', () => {
    const anna = new Person('anna');
    const log = writes(anna, 12);
    const seen = log.filter((_, at) => at !== 3 && at !== 7 && at !== 8);
    const hidden = [log[8], log[3], log[7]].flatMap(entry => (entry === undefined ? [] : [hiddenOne(entry)]));
    const stranger = hiddenOne(new Person('bo').writes('log', '', 'x'));
    expect(told(identify([...seen.map(came), stranger, ...hidden], [anna.seal(1, 12)]))).toEqual(ids(seen));
  });

  test('from any subset, in any order, with forks: what is told is true', () => {
    fc.assert(
      fc.property(fc.nat(6), fc.nat(6), fc.nat(6), fc.infiniteStream(fc.nat(9)), (before, here, there, dice) => {
        const anna = new Person('anna');
        const common = writes(anna, before);
        const clone = anna.cloned();
        clone.lam += 3;
        const all = [...common, ...writes(anna, here), ...writes(clone, there)];
        const seals = [];
        for (const person of [anna, clone])
          for (let from = 1; from <= person.n;) {
            const to = Math.min(person.n, from + ((dice.next().value ?? 0) % 4));
            seals.push(person.seal(from, to));
            from = to + 1;
          }
        const some = all.filter(() => (dice.next().value ?? 0) > 1).sort(() => (dice.next().value ?? 0) - 5);
        for (const id of told(identify(some.map(came), seals))) expect(ids(all)).toContain(id);
        expect(told(identify(all.map(came), seals))).toEqual(ids(all));
      }),
      { numRuns: 150 },
    );
  });

  test('a hopeless puzzle is given up in time', () => {
    const anna = new Person('anna');
    const clone = anna.cloned();
    clone.lam += 7;
    const jumble = [...writes(anna, 200), ...writes(clone, 200)].sort((a, b) => (a.id.slice(-6) < b.id.slice(-6) ? -1 : 1));
    const [dev, inc, from, to, prev, , sig] = anna.seal(1, 200);
    const start = performance.now();
    identify(jumble.map(came), [[dev, inc, from, to, prev, prev, sig]]);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
