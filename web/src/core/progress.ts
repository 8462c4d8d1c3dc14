/* How far a card has come: what is done, left, late, and what is next.
   One rule: pure; the clock is an argument. done, already and na are finished; failed is neither done nor left, but always shown. */

import type { ChecklistDocument, StepDefinition, Text } from './checklist';
import type { AddedStep, Card, Incident, Step } from './shapes';
import type { Mark } from './operation';

export interface ProgressStep {
  key: string;
  state: Mark;
  /** null: nobody has touched it. */
  step: Step | null;
  /** One of `definition` and `added` is there; neither for a step that the card's version no longer has. */
  definition: StepDefinition | null;
  added: AddedStep | null;
  due: number | null;
  late: boolean;
  finished: boolean;
}
export interface ProgressPhase {
  phase: string;
  title: Text;
  mode: 'read-do' | 'do-confirm';
  pause: Text | null;
  steps: ProgressStep[];
  done: number;
  total: number;
}
export interface Progress {
  done: number;
  left: number;
  late: number;
  total: number;
  phases: ProgressPhase[];
  next: string | null;
}

const minuteMs = 60_000;

/** `now`: ms; without it nothing is late. `document` undefined: not on this phone (yet), only own steps show. */
export function progressOf(incident: Incident, card: Card, document: ChecklistDocument | undefined, now?: number): Progress {
  const zero = document?.kind === 'role-card' ? card.by.time : incident.zero;
  const clock = now ?? -Infinity;
  const phases: ProgressPhase[] = (document?.phases ?? []).map(phase => {
    const steps = phase.steps.map(definition => defined(card, definition, zero, clock));
    return { phase: phase.id, title: phase.title, mode: phase.mode, pause: phase.pause ?? null, steps, done: 0, total: 0 };
  });
  for (const added of card.added) place(added, phases);
  const all = phases.flatMap(phase => phase.steps);
  for (const phase of phases) {
    phase.done = phase.steps.filter(step => step.finished).length;
    phase.total = phase.steps.length;
  }
  const done = all.filter(step => step.finished).length;
  const left = all.filter(isLeft);
  /* It has begun: what belonged to the time before is not what is lit, as long as there is anything else. */
  const ahead = left.filter(step => (step.definition?.within ?? 0) >= 0 && step.definition?.when !== 'before');
  const lit = ahead.length > 0 ? ahead : left;
  const next = lit.find(step => step.definition?.critical) ?? lit[0];
  return { done, left: left.length, late: all.filter(step => step.late).length, total: all.length, phases, next: next?.key ?? null };
}

export function isFinished(state: Mark): boolean {
  return state === 'done' || state === 'already' || state === 'na';
}

/** The step of an incident by its key, the document's or an added one; undefined when nobody has touched it. */
export function stepOf(incident: Incident, key: string): Step | undefined {
  const [id, step] = key.split('/');
  const card = incident.cards.find(each => each.id === id);
  return card?.steps.get(step ?? '') ?? card?.added.find(each => each.key === key);
}

function defined(card: Card, definition: StepDefinition, zero: number | null, clock: number): ProgressStep {
  const step = card.steps.get(definition.id) ?? null;
  const state = step?.state ?? 'todo';
  const due = zero === null || definition.within === undefined ? null : zero + definition.within * minuteMs;
  /* What should have been done before the start is not late: whoever starts now could not have been in time. */
  const late = due !== null && (definition.within ?? 0) >= 0 && clock > due && !isFinished(state) && state !== 'failed';
  return { key: `${card.id}/${definition.id}`, state, step, definition, added: null, due, late, finished: isFinished(state) };
}

/** An own step stands after the step it names, and after those that were added there before it; else last in its phase. */
function place(added: AddedStep, phases: ProgressPhase[]): void {
  const step: ProgressStep = {
    key: added.key,
    state: added.state,
    step: added,
    definition: null,
    added,
    due: null,
    late: false,
    finished: isFinished(added.state),
  };
  const named = phases.find(phase => phase.steps.some(each => idOf(each) === added.after)) ?? phases.find(phase => phase.phase === added.phase);
  const phase = named ?? phases[phases.length - 1];
  if (phase === undefined) {
    phases.push({ phase: '', title: { sv: '' }, mode: 'read-do', pause: null, steps: [step], done: 0, total: 0 });
    return;
  }
  let at = phase.steps.findIndex(each => idOf(each) === added.after);
  if (at < 0) phase.steps.push(step);
  else {
    do at++;
    while (phase.steps[at]?.added?.after === added.after);
    phase.steps.splice(at, 0, step);
  }
}

function idOf(step: ProgressStep): string {
  return step.definition?.id ?? step.added?.step ?? '';
}

function isLeft(step: ProgressStep): boolean {
  return !step.finished && step.state !== 'failed';
}
