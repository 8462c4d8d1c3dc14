/* What an editor does to a checklist: whatever is done, in whatever order, ids stay whole and every deed can be taken back. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChecklistDocument } from '../../web/src/core/checklist';
import * as edit from '../../web/src/admin/drafts/editing';
import { begin, done, redone, typed, undone, type Editing } from '../../web/src/admin/drafts/undoing';
import { draftOf, ORDER, plainDraft, words } from './drafts';

const deed = fc.record({
  what: fc.constantFrom('add', 'split', 'paste', 'join', 'remove', 'move', 'up', 'down', 'copy', 'write', 'phase', 'unphase', 'front', 'time'),
  which: fc.nat(),
  at: fc.nat({ max: 12 }),
  words,
});
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

const idsOf = (document: ChecklistDocument): string[] => edit.stepsOf(document).map(step => step.id);
const linesOf = (document: ChecklistDocument): string[][] => document.phases.map(phase => phase.steps.map(step => step.text.sv));

/** A mint whose coins are counted, so that a test knows which are new. */
function mint(): () => string {
  let born = 0;
  return () => `ny-${++born}`;
}

function perform(document: ChecklistDocument, { what, which, at, words: said }: Deed, fresh: () => string): ChecklistDocument {
  const id = idsOf(document)[which % Math.max(1, idsOf(document).length)] ?? '';
  const phase = document.phases[which % Math.max(1, document.phases.length)]?.id ?? '';
  switch (what) {
    case 'add':
      return edit.addStep(document, edit.newStep(fresh(), said), { phase, at });
    case 'split':
      return edit.splitStep(document, id, at, fresh());
    case 'paste':
      return edit.pasteLines(document, id, [at, at + 2], [said, 'och mer', 'sist'], fresh);
    case 'join':
      return edit.joinStep(document, id);
    case 'remove':
      return edit.removeStep(document, id);
    case 'move':
      return edit.moveStep(document, id, { phase, at });
    case 'up':
      return edit.shiftStep(document, id, -1);
    case 'down':
      return edit.shiftStep(document, id, 1);
    case 'copy':
      return edit.copyStep(document, id, fresh());
    case 'write':
      return edit.setStep(document, id, 'text', { sv: said });
    case 'phase':
      return edit.addPhase(document, { id: ORDER[at % ORDER.length] ?? '', title: { sv: said } }, ORDER);
    case 'unphase':
      return edit.removePhase(document, phase);
    case 'front':
      return edit.setFront(document, 'mission', edit.said(document.mission, at % 2 === 0 ? 'sv' : 'en', said));
    case 'time':
      return edit.setTime(document, id, at % 2 === 0 ? { within: at } : {});
  }
}

describe('whatever is done', { timeout: 60_000 }, () => {
  test('an id is never there twice, a new step has a new one, and a step keeps its own', () => {
    fc.assert(
      fc.property(draftOf(), fc.array(deed, { maxLength: 20 }), (document, deeds) => {
        const fresh = mint();
        const seen = new Set(idsOf(document));
        let now = document;
        for (const each of deeds) {
          const next = perform(now, each, fresh);
          const ids = idsOf(next);
          expect(new Set(ids).size).toBe(ids.length);
          for (const id of ids) if (!idsOf(now).includes(id)) expect(seen.has(id)).toBe(false);
          ids.forEach(id => seen.add(id));
          now = next;
        }
      }),
    );
  });

  test('undo takes it back to the letter, and redo brings it again', () => {
    fc.assert(
      fc.property(draftOf(), fc.array(deed, { maxLength: 15 }), (document, deeds) => {
        const fresh = mint();
        let editing = begin(document);
        for (const each of deeds) editing = done(editing, perform(editing.document, each, fresh), 'x');
        const end = editing.document;
        const steps = editing.past.length;
        for (let i = 0; i < steps; i++) editing = undone(editing);
        expect(editing.document).toEqual(document);
        expect(undone(editing)).toBe(editing);
        for (let i = 0; i < steps; i++) editing = redone(editing);
        expect(editing.document).toEqual(end);
        expect(redone(editing)).toBe(editing);
      }),
    );
  });

  test('a move keeps every step, with all that stands in it', () => {
    const moves = fc.array(fc.record({ which: fc.nat(), to: fc.nat(), at: fc.nat({ max: 9 }), way: fc.constantFrom('to', 'up', 'down') }), { maxLength: 12 });
    fc.assert(
      fc.property(draftOf(), moves, (document, deeds) => {
        let now = document;
        for (const { which, to, at, way } of deeds) {
          const id = idsOf(now)[which % Math.max(1, idsOf(now).length)] ?? '';
          const phase = now.phases[to % now.phases.length]?.id ?? '';
          now = way === 'to' ? edit.moveStep(now, id, { phase, at }) : edit.shiftStep(now, id, way === 'up' ? -1 : 1);
        }
        const byId = (whole: ChecklistDocument) => edit.stepsOf(whole).sort((a, b) => (a.id < b.id ? -1 : 1));
        expect(byId(now)).toEqual(byId(document));
      }),
    );
  });

  test('a phase that is added stands where the vocabulary has it', () => {
    fc.assert(
      fc.property(draftOf(), fc.shuffledSubarray(ORDER), (document, more) => {
        const all = more.reduce((now, id) => edit.addPhase(now, { id, title: { sv: id } }, ORDER), document);
        const ids = all.phases.map(phase => phase.id);
        expect(ids).toEqual(ORDER.filter(id => ids.includes(id)));
        expect(idsOf(all)).toEqual(idsOf(document));
      }),
    );
  });

  test('splitting and joining again gives the words and the details back', () => {
    fc.assert(
      fc.property(draftOf(), fc.nat(), fc.nat({ max: 30 }), (document, which, caret) => {
        const id = idsOf(document)[which % Math.max(1, idsOf(document).length)] ?? '';
        const found = edit.findStep(document, id);
        fc.pre(found !== null);
        const split = edit.splitStep(document, id, caret, 'ny');
        const [first, second] = (edit.findStep(split, id)?.phase.steps ?? []).filter(step => [id, 'ny'].includes(step.id));
        const joined = edit.joinStep(split, second?.id ?? '');
        expect(first).toBeDefined();
        expect(edit.findStep(joined, id)?.step.text.sv.split(/\s+/).join('')).toBe(found?.step.text.sv.split(/\s+/).join(''));
        expect({ ...edit.findStep(joined, id)?.step, text: null }).toEqual({ ...found?.step, text: null });
      }),
    );
  });
});

describe('an id', () => {
  test('is s- and ten letters or digits, whatever chance gives', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.double({ min: 0, max: 0.999999999999, noNaN: true })), chance => {
        expect(edit.mintId(() => chance.next().value as number)).toMatch(/^s-[a-z0-9]{10}$/);
      }),
    );
  });

  test('of a copy is another one, and the rest is the same', () => {
    const document = edit.setStep(plainDraft(['f15', ['larma', 'ring']]), 'larma', 'critical', true);
    const copied = edit.copyStep(document, 'larma', 'ny');
    expect(idsOf(copied)).toEqual(['larma', 'ny', 'ring']);
    expect({ ...edit.findStep(copied, 'ny')?.step, id: 'larma' }).toEqual(edit.findStep(document, 'larma')?.step);
  });
});

describe('Enter and Backspace', () => {
  const document = edit.setStep(plainDraft(['f15', ['Larma staben nu', 'Ring']]), 'Larma staben nu', 'role', 'tib');

  test('Enter in the middle: the first half keeps the id and the details', () => {
    const split = edit.splitStep(document, 'Larma staben nu', 6, 'ny');
    expect(linesOf(split)).toEqual([['Larma', 'staben nu', 'Ring']]);
    expect(edit.findStep(split, 'Larma staben nu')?.step.role).toBe('tib');
    expect(edit.findStep(split, 'ny')?.step).toEqual({ id: 'ny', text: { sv: 'staben nu' } });
  });

  test('Enter before the first letter: an empty one above, and the step is untouched', () => {
    const split = edit.splitStep(document, 'Larma staben nu', 0, 'ny');
    expect(idsOf(split)).toEqual(['ny', 'Larma staben nu', 'Ring']);
    expect(edit.findStep(split, 'Larma staben nu')?.step).toEqual(edit.findStep(document, 'Larma staben nu')?.step);
  });

  test('joined into an empty step, the one with words lives on under its own id', () => {
    const split = edit.splitStep(document, 'Larma staben nu', 0, 'ny');
    expect(edit.joinStep(split, 'Larma staben nu')).toEqual(document);
  });

  test('joined, what both have is kept: words after each other, calls together, one time', () => {
    const rich = {
      ...plainDraft(['f15', ['a', 'b']]),
      phases: [
        {
          ...{ id: 'f15', title: { sv: '' }, mode: 'read-do' as const },
          steps: [
            { id: 'a', text: { sv: 'Ring' }, why: { sv: 'Ett.' }, call: ['x'], within: 15 },
            { id: 'b', text: { sv: 'jouren', en: 'on call' }, why: { sv: 'Två.' }, call: ['x', 'y'], every: 60, critical: true as const },
          ],
        },
      ],
    };
    expect(edit.stepsOf(edit.joinStep(rich, 'b'))).toEqual([
      { id: 'a', text: { sv: 'Ring jouren', en: 'on call' }, why: { sv: 'Ett. Två.' }, call: ['x', 'y'], within: 15, critical: true },
    ]);
  });

  test('the first step of a phase has nothing to be joined into', () => {
    expect(edit.joinStep(document, 'Larma staben nu')).toBe(document);
  });

  test('pasted lines become steps, the rest of the line goes with the last', () => {
    const pasted = edit.pasteLines(document, 'Larma staben nu', [5, 12], [' alla', 'Skriv', 'Ring '], mint());
    expect(linesOf(pasted)).toEqual([['Larma alla', 'Skriv', 'Ring  nu', 'Ring']]);
    expect(idsOf(pasted)).toEqual(['Larma staben nu', 'ny-1', 'ny-2', 'Ring']);
  });

  test('Alt and an arrow at the edge goes on into the next phase', () => {
    const two = plainDraft(['f15', ['a', 'b']], ['f60', ['c']]);
    expect(linesOf(edit.shiftStep(two, 'b', 1))).toEqual([['a'], ['b', 'c']]);
    expect(linesOf(edit.shiftStep(two, 'c', -1))).toEqual([['a', 'b', 'c'], []]);
    expect(edit.shiftStep(two, 'a', -1)).toEqual(two);
  });
});

describe('fields', () => {
  test('what is emptied is left out, what a document always has is left empty', () => {
    const document = edit.setStep(plainDraft(['f15', ['a']]), 'a', 'why', { sv: 'För att' });
    expect(edit.setStep(document, 'a', 'why', edit.said({ sv: 'För att' }, 'sv', ''))).toEqual(plainDraft(['f15', ['a']]));
    expect(edit.setStep(document, 'a', 'text', edit.said({ sv: 'a' }, 'sv', '')).phases[0]?.steps[0]?.text).toEqual({ sv: '' });
    expect(edit.setFront(document, 'goal', undefined).goal).toEqual({ sv: '' });
    expect(edit.setFront(document, 'tags', undefined).tags).toEqual({ sv: [] });
    expect('pause' in (edit.setPhase(edit.setPhase(document, 'f15', 'pause', { sv: 'Stopp' }), 'f15', 'pause', undefined).phases[0] ?? {})).toBe(false);
  });

  test('English without Swedish is kept', () => {
    expect(edit.said({ sv: 'Ring', en: 'Call' }, 'sv', '')).toEqual({ sv: '', en: 'Call' });
    expect(edit.said({ sv: 'Ring', en: 'Call' }, 'en', '')).toEqual({ sv: 'Ring' });
  });

  test('a card for an event has no role', () => {
    const role = { ...plainDraft(), kind: 'role-card' as const, role: 'tib', mission: { sv: 'Leda' } };
    expect(edit.setKind(role, 'action-card')).toEqual(plainDraft());
  });
});

describe('typing', () => {
  const write = (editing: Editing<string>, letters: string, place: string, at: number) => typed(editing, editing.document + letters, place, at);

  test('in one go is one step to undo; a pause, another field or another deed begins a new one', () => {
    let editing = begin('');
    editing = write(editing, 'R', 'a', 0);
    editing = write(editing, 'i', 'a', 200);
    editing = write(editing, 'n', 'a', 2_000);
    expect(editing.past).toHaveLength(1);
    editing = write(editing, 'g', 'a', 9_000);
    editing = write(editing, '!', 'b', 9_100);
    editing = done(editing, 'Annat', 'c');
    editing = write(editing, '.', 'c', 9_200);
    const seen: string[] = [];
    while (editing.past.length > 0) {
      editing = undone(editing);
      seen.push(editing.document);
    }
    expect(seen).toEqual(['Annat', 'Ring!', 'Ring', 'Rin', '']);
  });

  test('after an undo what is written is a new deed, and what was undone is gone', () => {
    const editing = write(undone(write(begin(''), 'a', 'x', 0)), 'b', 'x', 1);
    expect([editing.document, editing.past.length, editing.future.length]).toEqual(['b', 1, 0]);
  });
});
