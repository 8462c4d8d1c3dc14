/* Checklists of every sort, for the tests of the editor: small enough to read when one fails. One rule: phases stand in the vocabulary's order, each id once. */
import fc from 'fast-check';
import type { ChecklistDocument, PhaseDefinition, StepDefinition } from '../../web/src/core/checklist';

export const ORDER = ['fore', 'f15', 'f60', 'fortsatt', 'efter'];
const WORDS = ['Ring', 'jouren', 'och', 'fråga', 'elnätet', 'staben', 'vatten', 'nu', 'inte', '30', 'minuter', '–', 'kl. 14'];

export const words = fc.array(fc.constantFrom(...WORDS), { maxLength: 6 }).map(each => each.join(' '));
const said = fc.oneof(
  words.map(sv => ({ sv })),
  fc.tuple(words, words).map(([sv, en]) => ({ sv, ...(en !== '' && { en }) })),
);
/** What may be lacking is never there without words: the editor takes it away then. */
const spoken = said.filter(text => text.sv !== '');
const ids = fc.uniqueArray(fc.constantFrom('larm', 'el-jour', 'vatten-jour', 'tib'), { minLength: 1, maxLength: 3 });

export const details = fc.record(
  {
    why: spoken,
    role: fc.constantFrom('tib', 'stabschef'),
    within: fc.integer({ min: -60, max: 240 }),
    critical: fc.constant(true as const),
    decision: fc.constant(true as const),
    everyone: fc.constant(true as const),
    call: ids,
    cards: ids,
    message: fc.constantFrom('larm-internt', 'radio'),
  },
  { requiredKeys: [] },
);

export function stepWith(id: string): fc.Arbitrary<StepDefinition> {
  return fc.tuple(said, details).map(([text, more]) => ({ id, text, ...more }));
}

/** Of these step ids some, in any order, spread over some phases; so two of them have steps in common. */
export function draftOf(stepIds: readonly string[] = ['a', 'b', 'c', 'd', 'e', 'f', 'g']): fc.Arbitrary<ChecklistDocument> {
  return fc
    .record({
      phaseIds: fc.subarray(ORDER, { minLength: 1 }),
      steps: fc.shuffledSubarray([...stepIds]).chain(chosen => fc.tuple(...chosen.map(stepWith))),
      homes: fc.array(fc.nat(), { minLength: stepIds.length, maxLength: stepIds.length }),
      titles: fc.array(said, { minLength: ORDER.length, maxLength: ORDER.length }),
      modes: fc.array(fc.constantFrom('read-do' as const, 'do-confirm' as const), { minLength: ORDER.length, maxLength: ORDER.length }),
      front: fc.record({ title: said, trigger: said, goal: said, not_for: said, immediate: fc.array(said, { maxLength: 3 }), owner: words }),
      role: fc.option(fc.record({ role: fc.constantFrom('tib', 'stabschef'), mission: spoken }), { nil: undefined }),
    })
    .map(({ phaseIds, steps, homes, titles, modes, front, role }) => ({
      type: 'checklist' as const,
      id: 'elavbrott',
      kind: role === undefined ? ('action-card' as const) : ('role-card' as const),
      edition: '1.0.0',
      order: 'c',
      tags: { sv: ['el'] },
      audience: ['tib'],
      reviewed: '2026-11-23',
      review_by: '2027-11-23',
      ...front,
      ...role,
      phases: phaseIds.map((id, at): PhaseDefinition => ({
        id,
        title: titles[at] ?? { sv: id },
        mode: modes[at] ?? 'read-do',
        steps: (steps as StepDefinition[]).filter((_, index) => (homes[index] ?? 0) % phaseIds.length === at),
      })),
    }));
}

export function plainDraft(...phases: [string, string[]][]): ChecklistDocument {
  return {
    ...{ type: 'checklist', id: 'elavbrott', kind: 'action-card', edition: '1.0.0', order: 'c', tags: { sv: [] }, audience: [], owner: '' },
    ...{ reviewed: '2026-11-23', review_by: '2027-11-23', title: { sv: 'Elavbrott' }, trigger: { sv: '' }, goal: { sv: '' }, not_for: { sv: '' } },
    immediate: [],
    phases: phases.map(([id, steps]) => ({ id, title: { sv: id }, mode: 'read-do', steps: steps.map(each => ({ id: each, text: { sv: each } })) })),
  };
}
