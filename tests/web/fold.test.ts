/* What operations mean: the named cases, and the same state from any order, repetition and loss. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold } from '../../web/src/core/incident';
import type { Entry } from '../../web/src/core/shapes';
import { counterOf, raised } from '../../web/src/core/order';
import { stepOf } from '../../web/src/core/progress';
import { drawn, Person, storm } from './people';

const started = (anna: Person): Entry[] => [
  anna.writes('open', '', { title: 'Stormen Vera', exercise: 0 }),
  anna.writes('card', 'kort', { checklist: 'elavbrott-storm', version: 4, hash: 'h4' }),
];

describe('marks', () => {
  test('two people who did the same are two witnesses, not a conflict', () => {
    const anna = new Person('anna');
    const log = started(anna);
    const bo = new Person('bo').sees(...log);
    const incident = fold(storm, [...log, anna.marks('kort/larma', 'done'), bo.marks('kort/larma', 'done')]);
    const step = stepOf(incident, 'kort/larma');
    expect(step?.state).toBe('done');
    expect(step?.differs).toBe(false);
    expect(step?.mark.heads.map(head => head.member)).toEqual(['anna', 'bo']);
  });

  test('different answers are drawn by precedence and flagged, until someone marks again having seen them', () => {
    const anna = new Person('anna');
    const log = started(anna);
    const bo = new Person('bo').sees(...log);
    const states = ['todo', 'doing', 'na', 'failed', 'already', 'done'];
    for (let weaker = 0; weaker < states.length; weaker++)
      for (let stronger = weaker + 1; stronger < states.length; stronger++) {
        const target = `kort/s${weaker}-${stronger}`;
        const marks = [anna.marks(target, states[weaker] ?? ''), bo.marks(target, states[stronger] ?? '')];
        const step = stepOf(fold(storm, [...log, ...marks]), target);
        expect([step?.state, step?.differs]).toEqual([states[stronger], true]);
        const after = anna.sees(...marks).marks(target, 'na', marks);
        expect(stepOf(fold(storm, [...log, ...marks, after]), target)).toMatchObject({ state: 'na', differs: false });
      }
  });

  test('an untick never removes a tick that its author had not seen', () => {
    const anna = new Person('anna');
    const log = started(anna);
    const ticked = anna.marks('kort/larma', 'done');
    const bo = new Person('bo').sees(...log);
    const alsoTicked = bo.marks('kort/larma', 'done');
    const unticked = anna.marks('kort/larma', 'todo', [ticked]);
    const step = stepOf(fold(storm, [...log, ticked, alsoTicked, unticked]), 'kort/larma');
    expect([step?.state, step?.differs]).toEqual(['done', true]);
    expect(stepOf(fold(storm, [...log, ticked, unticked]), 'kort/larma')).toMatchObject({ state: 'todo', differs: false });
  });

  test('a ref to an operation of another step supersedes nothing here', () => {
    const anna = new Person('anna');
    const log = started(anna);
    const ticked = anna.marks('kort/larma', 'done');
    const elsewhere = anna.marks('kort/ring', 'todo', [ticked]);
    expect(stepOf(fold(storm, [...log, ticked, elsewhere]), 'kort/larma')?.state).toBe('done');
  });
});

describe('the incident', () => {
  test('an exercise stays one whatever later openings say', () => {
    const anna = new Person('anna');
    const first = anna.writes('open', '', { title: 'Övning Vera', exercise: 1 });
    const renamed = anna.writes('open', '', { title: 'Skarpt', exercise: 0 }, [first]);
    expect(fold(storm, [renamed, first])).toMatchObject({ title: 'Skarpt', exercise: true });
  });

  test('closed here and opened again there is open', () => {
    const anna = new Person('anna');
    const log = started(anna);
    const closed = anna.writes('status', '', { status: 'closed' });
    expect(fold(storm, [...log, closed]).status).toBe('closed');
    const bo = new Person('bo').sees(...log);
    const open = bo.writes('status', '', { status: 'open' });
    expect(fold(storm, [...log, closed, open]).status).toBe('open');
  });

  test('T-noll is what was said, else when it was opened, corrected', () => {
    const anna = new Person('anna');
    const opened = { ...anna.writes('open', '', { title: 'x', exercise: 0 }, [], 5000), offset: 1000 };
    expect(fold(storm, [opened]).zero).toBe(6000);
    const said = anna.writes('open', '', { title: 'x', exercise: 0, zero: 77 }, [opened]);
    expect(fold(storm, [opened, said]).zero).toBe(77);
  });

  test('a log entry is corrected by a new one, and stays readable', () => {
    const anna = new Person('anna');
    const wrong = anna.writes('log', '', { type: 'decision', text: 'Vi stänger skolan' });
    const right = anna.writes('log', '', { type: 'decision', text: 'Vi stänger inte skolan' }, [wrong]);
    const { log } = fold(storm, [right, wrong]);
    expect(log.map(entry => [entry.text, entry.corrects, entry.correctedBy])).toEqual([
      ['Vi stänger skolan', [], [right.id]],
      ['Vi stänger inte skolan', [wrong.id], []],
    ]);
  });

  test('a handover of a role supersedes the one before', () => {
    const anna = new Person('anna');
    const first = anna.writes('role', 'stabschef', { member: 'anna' });
    const next = anna.writes('role', 'stabschef', { member: 'bo' }, [first]);
    expect(fold(storm, [next, first]).roles.get('stabschef')?.value).toBe('bo');
  });

  test('a card moves to another version by rebase', () => {
    const anna = new Person('anna');
    const log = started(anna);
    const moved = anna.writes('rebase', 'kort', { version: 5, hash: 'h5' });
    expect(fold(storm, [...log, moved]).cards[0]).toMatchObject({ version: 5, hash: 'h5' });
  });

  test('own steps stand in the order they were added', () => {
    const anna = new Person('anna');
    const log = started(anna);
    const steps = [anna.writes('step', 'kort/z', { text: 'Hämta filtar' }), anna.writes('step', 'kort/a', { text: 'Koka kaffe', phase: 'f60' })];
    expect(fold(storm, [...steps].reverse().concat(log)).cards[0]?.added.map(each => each.text)).toEqual(['Hämta filtar', 'Koka kaffe']);
  });
});

describe('what is strange', () => {
  test('unknown kinds and shapes are kept and counted, and change nothing else', () => {
    const anna = new Person('anna');
    const log = [...started(anna), anna.marks('kort/larma', 'done')];
    const before = drawn(fold(storm, log)) as Record<string, unknown>;
    const strange = [
      anna.writes('from-the-future', 'x', ''),
      anna.writes('mark', 'kort/larma', { state: 'exploded' }),
      anna.writes('mark', 'kort', { state: 'done' }),
      anna.writes('mark', 'kort/larma', '[1]'),
      anna.writes('log', '', 'not json'),
      anna.writes('open', '', 'null'),
      anna.writes('role', '', { member: 1 }),
      anna.writes('card', 'k', { checklist: 7 }),
      anna.writes('toString', '', {}),
      anna.writes('__proto__', '', {}),
    ];
    expect(drawn(fold(storm, [...log, ...strange]))).toEqual({
      ...before,
      unknown: strange.length,
      count: log.length + strange.length,
      lam: log.length + strange.length,
    });
  });

  test('quarantined operations fold when somebody who may has admitted them, and not before', () => {
    const anna = new Person('anna');
    const log = started(anna);
    const bo = new Person('bo').sees(...log);
    const waiting: Entry = { ...bo.marks('kort/larma', 'done'), verdict: 'quar:member' };
    expect(fold(storm, [...log, waiting])).toMatchObject({ waiting: [{ id: waiting.id }] });
    expect(stepOf(fold(storm, [...log, waiting]), 'kort/larma')).toBeUndefined();
    const selfMade: Entry = { ...bo.writes('admit', '', { ids: [waiting.id] }), verdict: 'quar:member' };
    expect(fold(storm, [...log, waiting, selfMade]).waiting).toHaveLength(2);
    const admitted = anna.writes('admit', '', { ids: [waiting.id] });
    expect(stepOf(fold(storm, [...log, waiting, selfMade, admitted]), 'kort/larma')?.state).toBe('done');
    expect(fold(storm, [...log, waiting, selfMade, admitted]).waiting).toHaveLength(1);
  });

  test('dead operations never fold', () => {
    const anna = new Person('anna');
    const log = started(anna);
    const dead: Entry = { ...anna.marks('kort/larma', 'done'), verdict: 'dead:seal' };
    expect(fold(storm, [...log, dead])).toMatchObject({ dead: [{ id: dead.id }], waiting: [] });
    expect(stepOf(fold(storm, [...log, dead]), 'kort/larma')).toBeUndefined();
  });

  test('one mad counter sorts last and moves nobody', () => {
    expect(counterOf([1, 2, 3])).toBe(3);
    expect(counterOf([3, 2, 1, 2 ** 53 - 1])).toBe(3);
    expect(counterOf([1_000_000])).toBe(1_000_000);
    expect(counterOf([1_000_001])).toBe(0);
    expect(counterOf([5, 2_000_000, 2_000_001])).toBe(5);
    expect(counterOf([5, 1_000_005, 2_000_005])).toBe(2_000_005);
  });

  test('the counter on disk, raised one at a time in any order, is the counter of the set', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat(50), fc.nat(4_000_000)), { maxLength: 30 }), lams => {
        let counter: { lam: number; beyond: readonly number[] } = { lam: 0, beyond: [] };
        for (const lam of lams) counter = raised(counter, lam);
        expect(counter.lam).toBe(counterOf(lams));
      }),
    );
  });

  test('a clock two years wrong changes no order and is marked uncertain', () => {
    const anna = new Person('anna');
    const first = anna.writes('log', '', { type: 'event', text: 'först' });
    const bo = new Person('bo').sees(first);
    const second: Entry = { ...bo.writes('log', '', { type: 'event', text: 'sedan' }, [], 1_700_000_000_000), offset: 95_392_000_000 };
    const third: Entry = { ...bo.writes('log', '', { type: 'event', text: 'sist' }), offset: null };
    const { log } = fold(storm, [third, second, first]);
    expect(log.map(entry => [entry.text, entry.stamp.uncertain])).toEqual([
      ['först', false],
      ['sedan', true],
      ['sist', true],
    ]);
    expect(log[1]?.stamp.time).toBe(1_795_392_000_000);
  });
});

/** Four phones that write, see each other now and then, clone themselves and have any clock at all. */
const histories = fc.array(
  fc.record({
    who: fc.nat(4),
    kind: fc.constantFrom('mark', 'mark', 'mark', 'log', 'step', 'assign', 'role', 'status', 'open', 'card', 'rebase', 'admit', 'unknown'),
    target: fc.constantFrom('kort/a', 'kort/b', 'annat/a'),
    state: fc.constantFrom('todo', 'doing', 'done', 'already', 'na', 'failed', 'strange'),
    sees: fc.boolean(),
    refs: fc.array(fc.nat(60), { maxLength: 3 }),
    t: fc.oneof(fc.nat(), fc.maxSafeNat()),
    verdict: fc.constantFrom('ok', 'ok', 'ok', 'ok', 'quar:member', 'dead:shape'),
    offset: fc.option(fc.integer({ min: -(10 ** 12), max: 10 ** 12 })),
    clone: fc.integer({ min: 0, max: 9 }),
  }),
  { maxLength: 60 },
);

type History = typeof histories extends fc.Arbitrary<infer T> ? T : never;

function written(history: History): Entry[] {
  const phones = ['anna', 'bo', 'cia', 'dag', 'eva'].map(name => new Person(name));
  const all: Entry[] = [];
  for (const deed of history) {
    const phone = phones[deed.who];
    if (phone === undefined) continue;
    if (deed.sees) phone.sees(...all);
    if (deed.clone === 0) phones[deed.who] = phone.cloned();
    const refs = deed.refs.flatMap(at => all[at] ?? []);
    const [card = ''] = deed.target.split('/');
    const target = { mark: deed.target, assign: deed.target, step: deed.target, card, rebase: card, role: 'tib' }[deed.kind as 'mark'] ?? '';
    const body =
      {
        mark: { state: deed.state },
        log: { type: 'event', text: String(deed.t) },
        step: { text: 'egen' },
        assign: { role: deed.state },
        role: { member: phone.name },
        status: { status: deed.state === 'done' ? 'closed' : 'open' },
        open: { title: deed.state, exercise: deed.who % 2 },
        card: { checklist: 'c', version: deed.who, hash: 'h' },
        rebase: { version: deed.who, hash: 'h' },
        admit: { ids: all.slice(-5).map(entry => entry.id) },
      }[deed.kind as 'mark'] ?? {};
    all.push({ ...phone.writes(deed.kind, target, body, refs, deed.t), verdict: deed.verdict as Entry['verdict'], offset: deed.offset });
  }
  return all;
}

describe('any order, any repetition, any loss', () => {
  test('the state is the same from any order and repetition of the same set', () => {
    fc.assert(
      fc.property(histories, fc.infiniteStream(fc.nat()), (history, dice) => {
        const set = written(history);
        const shuffled = [...set, ...set.filter((_, at) => at % 3 === 0)]
          .map(entry => ({ entry, at: dice.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ entry }) => entry);
        expect(fold(storm, shuffled)).toEqual(fold(storm, set));
      }),
      { numRuns: 300 },
    );
  });

  test('with anything missing it still folds, and says how many it has', () => {
    fc.assert(
      fc.property(histories, fc.infiniteStream(fc.boolean()), (history, dice) => {
        const some = written(history).filter(() => dice.next().value === true);
        expect(fold(storm, some).count).toBe(new Set(some.map(entry => entry.id)).size);
      }),
      { numRuns: 150 },
    );
  });

  test('two phones that end with the same set draw the same, whatever each had in between', () => {
    fc.assert(
      fc.property(histories, fc.nat(60), (history, cut) => {
        const set = written(history);
        fold(storm, set.slice(0, cut));
        expect(drawn(fold(storm, [...set.slice(cut), ...set.slice(0, cut)]))).toEqual(drawn(fold(storm, set)));
      }),
      { numRuns: 100 },
    );
  });

  test('anything at all in the fields never throws', () => {
    const junk = fc.tuple(
      fc.constant(1),
      fc.string(),
      fc.nat(),
      fc.maxSafeNat(),
      fc.maxSafeNat(),
      fc.string(),
      fc.constantFrom('mark', 'open', 'log', 'admit', 'card', 'step'),
      fc.string(),
      fc.string(),
      fc.oneof(fc.json(), fc.string()),
    );
    fc.assert(
      fc.property(fc.array(junk, { maxLength: 30 }), ops => {
        const entries = ops.map((op, at): Entry => ({
          id: `${op[1]}.${op[2]}.${at}`,
          op: op as unknown as Entry['op'],
          saved: 'team',
          verdict: 'ok',
          offset: 0,
          received: 0,
          member: '',
        }));
        expect(fold(storm, entries).count).toBe(entries.length);
      }),
      { numRuns: 300 },
    );
  });
});
