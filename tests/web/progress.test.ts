/* How far a card has come. */
import { describe, expect, test } from 'vitest';
import type { ChecklistDocument, StepDefinition } from '../../web/src/core/checklist';
import { fold } from '../../web/src/core/incident';
import type { Entry } from '../../web/src/core/shapes';
import { progressOf, type Progress } from '../../web/src/core/progress';
import { Person, storm } from './people';

const sv = (text: string): { sv: string } => ({ sv: text });
const step = (id: string, more: Partial<StepDefinition> = {}): StepDefinition => ({ id, text: sv(id), ...more });
const document: ChecklistDocument = {
  type: 'checklist',
  id: 'c',
  kind: 'action-card',
  edition: '1.0.0',
  order: 'c',
  title: sv('C'),
  tags: { sv: [] },
  audience: [],
  owner: '',
  reviewed: '',
  review_by: '',
  trigger: sv(''),
  not_for: sv(''),
  goal: sv(''),
  immediate: [],
  phases: [
    { id: 'f60', title: sv('Första timmen'), mode: 'read-do', steps: [step('a', { within: 15 }), step('b'), step('k', { critical: true, within: 60 })] },
    { id: 'slut', title: sv('Slut'), mode: 'do-confirm', steps: [step('s')] },
  ],
};
const minute = 60_000;
const zero = 1_795_392_000_000;

function progress(...deeds: ((anna: Person) => Entry)[]): Progress {
  const anna = new Person('anna');
  const log = [
    anna.writes('open', '', { title: 'x', exercise: 0 }, [], zero),
    anna.writes('card', 'kort', { checklist: 'c', version: 1, hash: 'h' }, [], zero + 30 * minute),
  ];
  const incident = fold(storm, [...log, ...deeds.map(deed => deed(anna))]);
  const [card] = incident.cards;
  if (card === undefined) throw new Error('no card');
  return progressOf(incident, card, document, zero + 20 * minute);
}

describe('progress', () => {
  test('the first critical step that is left is next, then the first that is left', () => {
    expect(progress().next).toBe('kort/k');
    expect(progress(anna => anna.marks('kort/k', 'done')).next).toBe('kort/a');
    expect(progress(...['a', 'b', 'k', 's'].map(id => (anna: Person) => anna.marks(`kort/${id}`, 'na'))).next).toBeNull();
  });

  test('what should have been done before the start is not late, though its time has passed', () => {
    const [first, ...others] = document.phases;
    if (first === undefined) throw new Error('no phase');
    const warned = { ...document, phases: [{ ...first, steps: [step('fore', { within: -1440 })] }, ...others] };
    const anna = new Person('anna');
    const incident = fold(storm, [
      anna.writes('open', '', { title: 'x', exercise: 0 }, [], zero),
      anna.writes('card', 'kort', { checklist: 'c', version: 1, hash: 'h' }),
    ]);
    const [card] = incident.cards;
    if (card === undefined) throw new Error('no card');
    const { late, next } = progressOf(incident, card, warned, zero + 20 * minute);
    expect({ late, next }).toEqual({ late: 0, next: 'kort/s' });
  });

  test('done, already and not applicable are finished; could not is neither finished nor left', () => {
    const { done, left, total } = progress(
      anna => anna.marks('kort/a', 'already'),
      anna => anna.marks('kort/b', 'failed'),
      anna => anna.marks('kort/k', 'doing'),
    );
    expect({ done, left, total }).toEqual({ done: 1, left: 2, total: 4 });
  });

  test('a step is late when its time has passed and it is not finished', () => {
    expect(progress().late).toBe(1);
    expect(progress(anna => anna.marks('kort/a', 'done')).late).toBe(0);
    expect(progress().phases[0]?.steps[0]).toMatchObject({ due: zero + 15 * minute, late: true });
  });

  test('a role card counts from when it was taken up', () => {
    const anna = new Person('anna');
    const incident = fold(storm, [
      anna.writes('open', '', { title: 'x', exercise: 0 }, [], zero),
      anna.writes('card', 'kort', { checklist: 'c', version: 1, hash: 'h' }, [], zero + 30 * minute),
    ]);
    const [card] = incident.cards;
    const role = { ...document, kind: 'role-card' as const };
    expect(card && progressOf(incident, card, role, 0).phases[0]?.steps[0]?.due).toBe(zero + 45 * minute);
  });

  test('own steps stand after the step they name, or last in their phase, and count', () => {
    const { phases, total } = progress(
      anna => anna.writes('step', 'kort/e1', { text: 'ett', after: 'a' }),
      anna => anna.writes('step', 'kort/e2', { text: 'två', after: 'a' }),
      anna => anna.writes('step', 'kort/e3', { text: 'tre', phase: 'f60' }),
      anna => anna.writes('step', 'kort/e4', { text: 'fyra' }),
    );
    expect(phases.map(phase => phase.steps.map(each => each.key.slice(5)))).toEqual([
      ['a', 'e1', 'e2', 'b', 'k', 'e3'],
      ['s', 'e4'],
    ]);
    expect(total).toBe(8);
  });

  test('without its document a card still shows its own steps', () => {
    const anna = new Person('anna');
    const incident = fold(storm, [anna.writes('card', 'kort', {}), anna.writes('step', 'kort/e', { text: 'egen' })]);
    const [card] = incident.cards;
    expect(card && progressOf(incident, card, undefined)).toMatchObject({ total: 1, phases: [{ phase: '', steps: [{ key: 'kort/e' }] }] });
  });
});
