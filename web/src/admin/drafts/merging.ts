/* One text out of two, piece by piece as a person has chosen. Pure.
   One rule: all of one side gives exactly that side; a choice for a piece never touches another piece. */
import type { ChecklistDocument, PhaseDefinition, StepDefinition } from '../../core/checklist';
import type { Differences, FieldChange, PhaseChange, StepChange } from './comparing';
import { placeOf } from './editing';

export type Side = 'mine' | 'theirs';
/** By the key of what differs; what is not chosen is mine. */
export type Choices = ReadonlyMap<string, Side>;

export const frontKey = ({ field }: FieldChange): string => `front ${field}`;
export const phaseKey = ({ id }: PhaseChange): string => `phase ${id}`;
export const stepKey = ({ id }: StepChange): string => `step ${id}`;

/** What there is to choose between. */
export function choicesIn({ front, phases }: Differences): string[] {
  return [
    ...front.map(frontKey),
    ...phases.filter(phase => phase.fields.length > 0).map(phaseKey),
    ...phases.flatMap(phase => phase.steps.filter(step => step.what !== 'both' || step.moved || step.fields.length > 0).map(stepKey)),
  ];
}

/** `differences`: compare(theirs, mine). `order`: the vocabulary's phases. */
export function merge(
  theirs: ChecklistDocument,
  mine: ChecklistDocument,
  differences: Differences,
  choices: Choices,
  order: readonly string[],
): ChecklistDocument {
  const wanted = (key: string): boolean => choices.get(key) === 'theirs';
  const front = differences.front.filter(each => wanted(frontKey(each))).map(each => each.field);
  const steps = differences.phases.flatMap(phase => phase.steps).filter(step => wanted(stepKey(step)));
  const phases = mine.phases.map(phase => ({ ...phase, steps: phase.steps.flatMap(step => mineOrTheirs(step, steps)) }));
  const taken = new Set(steps.filter(step => step.before !== null && (step.moved || step.what === 'removed')).map(step => step.id));
  for (const phase of theirs.phases) {
    const change = differences.phases.find(each => each.id === phase.id);
    const lent = phase.steps.filter(step => taken.has(step.id));
    if (change !== undefined && wanted(phaseKey(change))) putFields(phases, phase, order);
    else if (lent.length > 0 && !phases.some(each => each.id === phase.id)) putFields(phases, phase, order);
    const here = phases.find(each => each.id === phase.id);
    if (here !== undefined) for (const step of lent) placeAfter(here.steps, step, phase.steps);
  }
  const dropped = new Set(differences.phases.filter(phase => phase.what === 'added' && wanted(phaseKey(phase))).map(phase => phase.id));
  const kept = phases.filter(phase => !dropped.has(phase.id) || phase.steps.length > 0);
  return { ...withFields(mine, theirs, front), phases: kept };
}

/** What was moved or removed is put back in its place afterwards; what was changed is changed where it stands. */
function mineOrTheirs(step: StepDefinition, chosen: readonly StepChange[]): StepDefinition[] {
  const change = chosen.find(each => each.id === step.id);
  return change === undefined ? [step] : change.before === null || change.moved ? [] : [change.before];
}

function putFields(phases: PhaseDefinition[], phase: PhaseDefinition, order: readonly string[]): void {
  const at = phases.findIndex(each => each.id === phase.id);
  const held = phases[at];
  if (held === undefined) phases.splice(placeOf(phases, phase.id, order), 0, { ...phase, steps: [] });
  else phases[at] = { ...phase, steps: held.steps };
}

/** After the nearest of those that stand before it in its own text and are here. */
function placeAfter(steps: StepDefinition[], step: StepDefinition, own: readonly StepDefinition[]): void {
  const before = own.slice(0, own.indexOf(step)).map(each => each.id);
  const at = before.reduceRight((found, id) => (found >= 0 ? found : steps.findIndex(each => each.id === id)), -1);
  steps.splice(at + 1, 0, step);
}

function withFields(mine: ChecklistDocument, theirs: ChecklistDocument, fields: readonly string[]): ChecklistDocument {
  const out: Record<string, unknown> = { ...mine };
  const source: Partial<Record<string, unknown>> = { ...theirs };
  for (const field of fields) {
    if (source[field] === undefined) delete out[field];
    else out[field] = source[field];
  }
  return out as unknown as ChecklistDocument;
}
