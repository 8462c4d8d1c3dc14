/* Two texts of one checklist beside each other: what the comparison says is all that differs, and out of it either text can be had again. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { common, compare, markWords, total, type Differences } from '../../web/src/admin/drafts/comparing';
import { addStep, copyStep, moveStep, newStep, removePhase, removeStep, setFront, setPhase, setStep, setTime } from '../../web/src/admin/drafts/editing';
import { choicesIn, merge, type Side } from '../../web/src/admin/drafts/merging';
import { draftOf, ORDER, plainDraft, words } from './drafts';

const none = { added: 0, removed: 0, moved: 0, changed: 0 };
const choose = (differences: Differences, side: Side) => new Map(choicesIn(differences).map(key => [key, side]));
const stepIn = (differences: Differences, id: string) => differences.phases.flatMap(phase => phase.steps).find(step => step.id === id);

describe('the same text', { timeout: 60_000 }, () => {
  test('has no differences', () => {
    fc.assert(
      fc.property(draftOf(), document => {
        const differences = compare(document, structuredClone(document));
        expect(differences.counts).toEqual(none);
        expect(choicesIn(differences)).toEqual([]);
      }),
    );
  });

  test('and another text has some, out of which either text can be had', () => {
    fc.assert(
      fc.property(draftOf(), draftOf(), (a, b) => {
        const differences = compare(a, b);
        if (JSON.stringify(a) !== JSON.stringify(b)) expect(total(differences.counts)).toBeGreaterThan(0);
        expect(merge(a, b, differences, choose(differences, 'theirs'), ORDER)).toEqual(a);
        expect(merge(a, b, differences, choose(differences, 'mine'), ORDER)).toEqual(b);
      }),
      { numRuns: 500 },
    );
  });

  test('each id is told once, and is new, removed or in both as it is', () => {
    fc.assert(
      fc.property(draftOf(), draftOf(), (a, b) => {
        const ids = (document: typeof a) => document.phases.flatMap(phase => phase.steps.map(step => step.id));
        const told = compare(a, b).phases.flatMap(phase => phase.steps);
        expect(told.map(step => step.id).sort()).toEqual([...new Set([...ids(a), ...ids(b)])].sort());
        for (const step of told) expect(step.what).toBe(ids(a).includes(step.id) ? (ids(b).includes(step.id) ? 'both' : 'removed') : 'added');
      }),
    );
  });

  test('one piece of theirs among mine touches no other piece', () => {
    fc.assert(
      fc.property(draftOf(), draftOf(), fc.nat(), (theirs, mine, which) => {
        const differences = compare(theirs, mine);
        const keys = choicesIn(differences).filter(key => key.startsWith('step '));
        fc.pre(keys.length > 0);
        const key = keys[which % keys.length] ?? '';
        const id = key.slice(5);
        const out = merge(theirs, mine, differences, new Map([[key, 'theirs']]), ORDER);
        const others = (document: typeof mine) => document.phases.flatMap(phase => phase.steps).filter(step => step.id !== id);
        expect(others(out)).toEqual(others(mine));
        const found = (document: typeof mine) => document.phases.flatMap(phase => phase.steps).find(step => step.id === id);
        expect(found(out)).toEqual(found(theirs));
      }),
    );
  });
});

describe('what has been done to it', () => {
  const before = plainDraft(['f15', ['larma', 'ring', 'skriv']], ['f60', ['möte']]);

  test('a new step, one that is gone, one that has moved', () => {
    expect(compare(before, addStep(before, newStep('ny', 'Ny'), { phase: 'f15', at: 1 })).counts).toEqual({ ...none, added: 1 });
    expect(compare(before, removeStep(before, 'ring')).counts).toEqual({ ...none, removed: 1 });
    expect(compare(before, moveStep(before, 'larma', { phase: 'f15', at: 2 })).counts).toEqual({ ...none, moved: 1 });
    const across = compare(before, moveStep(before, 'larma', { phase: 'f60', at: 0 }));
    expect(across.counts).toEqual({ ...none, moved: 1 });
    expect(stepIn(across, 'larma')).toMatchObject({ moved: true, from: 'f15', what: 'both' });
  });

  test('what was removed is told where it stood', () => {
    const told = compare(before, removeStep(before, 'ring')).phases[0]?.steps.map(step => `${step.id} ${step.what}`);
    expect(told).toEqual(['larma both', 'ring removed', 'skriv both']);
  });

  test('a step that moved and was rewritten is one change', () => {
    const after = moveStep(setStep(before, 'larma', 'text', { sv: 'Larma alla' }), 'larma', { phase: 'f60', at: 0 });
    expect(compare(before, after).counts).toEqual({ ...none, changed: 1 });
  });

  test('a phase that goes takes its steps with it, and a new name is a change', () => {
    expect(compare(before, removePhase(before, 'f60')).counts).toEqual({ ...none, removed: 1 });
    expect(compare(before, setPhase(before, 'f60', 'title', { sv: 'Därefter' })).counts).toEqual({ ...none, changed: 1 });
  });

  test('the fields are named', () => {
    let after = setFront(before, 'goal', { sv: 'Alla har vatten' });
    after = setFront(after, 'immediate', [{ sv: 'Ring' }]);
    after = setTime(setStep(after, 'ring', 'call', ['el']), 'ring', { within: 15 });
    const differences = compare(before, after);
    expect(differences.front.map(change => change.field)).toEqual(['immediate', 'goal']);
    expect(stepIn(differences, 'ring')?.fields).toEqual([
      { field: 'time', before: undefined, after: { within: 15 } },
      { field: 'call', before: undefined, after: ['el'] },
    ]);
    expect(differences.counts).toEqual({ ...none, changed: 3 });
  });

  test('nothing published: everything is new', () => {
    expect(compare(null, copyStep(before, 'ring', 'ny')).counts).toMatchObject({ added: 5, removed: 0 });
  });
});

describe('the words', { timeout: 60_000 }, () => {
  test('without the new ones it is the old text, without the old ones the new', () => {
    fc.assert(
      fc.property(words, words, fc.string(), (a, b, noise) => {
        for (const [x, y] of [
          [a, b],
          [a + noise, b],
          [noise, a],
        ] as const) {
          const pieces = markWords(x, y);
          const read = (without: string) =>
            pieces
              .filter(piece => piece.mark !== without)
              .map(piece => piece.words)
              .join('');
          expect(read('added')).toBe(x);
          expect(read('removed')).toBe(y);
        }
      }),
    );
  });

  test('only what changed is marked, in one piece', () => {
    expect(markWords('Ring elnätet och fråga nu', 'Ring vattenjouren genast och fråga nu')).toEqual([
      { mark: 'same', words: 'Ring ' },
      { mark: 'removed', words: 'elnätet' },
      { mark: 'added', words: 'vattenjouren genast' },
      { mark: 'same', words: ' och fråga nu' },
    ]);
    expect(markWords('Ring elnätet', 'Ring elnätet')).toEqual([{ mark: 'same', words: 'Ring elnätet' }]);
    expect(markWords('', 'Nytt')).toEqual([{ mark: 'added', words: 'Nytt' }]);
  });

  test('the longest common row is common, in order, and as long as it can be', () => {
    const letters = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 });
    const length = (a: readonly string[], b: readonly string[]): number => {
      const [x, ...restA] = a;
      const [y, ...restB] = b;
      if (x === undefined || y === undefined) return 0;
      return x === y ? 1 + length(restA, restB) : Math.max(length(restA, b), length(a, restB));
    };
    fc.assert(
      fc.property(letters, letters, (a, b) => {
        const pairs = common(a, b);
        expect(pairs).toHaveLength(length(a, b));
        pairs.forEach(([x, y], at) => {
          expect(a[x]).toBe(b[y]);
          const next = pairs[at + 1];
          if (next !== undefined) expect(next[0] > x && next[1] > y).toBe(true);
        });
      }),
    );
  });
});
