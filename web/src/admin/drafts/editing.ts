/* What an editor can do to a checklist: each deed takes the document and gives a new one. Pure.
   One rule: a step keeps its id through every edit and move; only a step that is born here, or copied, gets a new one. */
import type { ChecklistDocument, Language, PhaseDefinition, StepDefinition, Text } from '../../core/checklist';

export interface Spot {
  phase: string;
  /** Where among the phase's steps, when the step itself is not counted. */
  at: number;
}
export interface PhaseName {
  id: string;
  title: Text;
}
export type StepField = Exclude<keyof StepDefinition, 'id'>;
export type PhaseField = 'title' | 'mode' | 'pause';
export type FrontField = Exclude<keyof ChecklistDocument, 'type' | 'id' | 'kind' | 'phases'>;

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const ID_LENGTH = 10;
/** What only a role card has on its front. */
export const ROLE_FIELDS = ['role', 'mission', 'reports_to', 'takes_over_from', 'hands_over_to'] as const;

/** A step's id, minted where the step is born. `random`: 0 ≤ x < 1. */
export function mintId(random: () => number): string {
  return `s-${Array.from({ length: ID_LENGTH }, () => LETTERS.charAt(Math.floor(random() * LETTERS.length))).join('')}`;
}

export function stepsOf(document: ChecklistDocument): StepDefinition[] {
  return document.phases.flatMap(phase => phase.steps);
}

export function findStep(document: ChecklistDocument, id: string): { step: StepDefinition; phase: PhaseDefinition; at: number } | null {
  for (const phase of document.phases) {
    const at = phase.steps.findIndex(step => step.id === id);
    const step = phase.steps[at];
    if (step !== undefined) return { step, phase, at };
  }
  return null;
}

export function newStep(id: string, words = ''): StepDefinition {
  return { id, text: { sv: words } };
}

/** Does anything but words stand in it? */
export function isBare(step: StepDefinition): boolean {
  return Object.keys(step).every(key => key === 'id' || key === 'text') && !step.text.en;
}

export function addStep(document: ChecklistDocument, step: StepDefinition, { phase, at }: Spot): ChecklistDocument {
  return inPhase(document, phase, steps => [...steps.slice(0, at), step, ...steps.slice(at)]);
}

/** At the caret: what stands before it keeps the id and the details. With nothing before it, the new step is the one above. */
export function splitStep(document: ChecklistDocument, id: string, caret: number, bornId: string): ChecklistDocument {
  const found = findStep(document, id);
  if (found === null) return document;
  const before = found.step.text.sv.slice(0, caret).trimEnd();
  const after = found.step.text.sv.slice(caret).trimStart();
  const above = before === '' && after !== '';
  const pair = above ? [newStep(bornId), found.step] : [{ ...found.step, text: { ...found.step.text, sv: before } }, newStep(bornId, after)];
  return inPhase(document, found.phase.id, steps => steps.flatMap(step => (step.id === id ? pair : [step])));
}

/** Lines that were pasted into a step: the first goes in at the caret, each of the others is a step of its own. */
export function pasteLines(document: ChecklistDocument, id: string, [from, till]: [number, number], lines: string[], mint: () => string): ChecklistDocument {
  const found = findStep(document, id);
  const [first = '', ...more] = lines;
  if (found === null) return document;
  const { sv } = found.step.text;
  const rest = sv.slice(till);
  const pasted = more.map((line, at) => newStep(mint(), at === more.length - 1 ? line + rest : line));
  const met = { ...found.step, text: { ...found.step.text, sv: sv.slice(0, from) + first + (more.length === 0 ? rest : '') } };
  return inPhase(document, found.phase.id, steps => steps.flatMap(step => (step.id === id ? [met, ...pasted] : [step])));
}

/** Into the step before it in the same phase. Nothing of either is lost: what the first lacks it gets from the second. */
export function joinStep(document: ChecklistDocument, id: string): ChecklistDocument {
  const found = findStep(document, id);
  const above = found === null ? undefined : found.phase.steps[found.at - 1];
  if (found === null || above === undefined) return document;
  const joined = above.text.sv === '' && isBare(above) ? found.step : merged(above, found.step);
  return inPhase(document, found.phase.id, steps => steps.flatMap(step => (step.id === above.id ? [joined] : step.id === id ? [] : [step])));
}

export function removeStep(document: ChecklistDocument, id: string): ChecklistDocument {
  const found = findStep(document, id);
  return found === null ? document : inPhase(document, found.phase.id, steps => steps.filter(step => step.id !== id));
}

/** To another place, in its phase or in another one. */
export function moveStep(document: ChecklistDocument, id: string, spot: Spot): ChecklistDocument {
  const found = findStep(document, id);
  if (found === null || !document.phases.some(phase => phase.id === spot.phase)) return document;
  return addStep(removeStep(document, id), found.step, spot);
}

/** One step up or down; at the edge of its phase into the next one. */
export function shiftStep(document: ChecklistDocument, id: string, by: -1 | 1): ChecklistDocument {
  const found = findStep(document, id);
  if (found === null) return document;
  const at = found.at + by;
  if (at >= 0 && at < found.phase.steps.length) return moveStep(document, id, { phase: found.phase.id, at });
  const next = document.phases[document.phases.findIndex(phase => phase.id === found.phase.id) + by];
  return next === undefined ? document : moveStep(document, id, { phase: next.id, at: by < 0 ? next.steps.length : 0 });
}

/** A copy right after it, under a new id. */
export function copyStep(document: ChecklistDocument, id: string, bornId: string): ChecklistDocument {
  const found = findStep(document, id);
  return found === null ? document : addStep(document, { ...found.step, id: bornId }, { phase: found.phase.id, at: found.at + 1 });
}

/** `value` undefined, '', false or an empty list: the step does not have it. */
export function setStep<K extends StepField>(document: ChecklistDocument, id: string, key: K, value: StepDefinition[K] | undefined): ChecklistDocument {
  const found = findStep(document, id);
  if (found === null) return document;
  return inPhase(document, found.phase.id, steps => steps.map(step => (step.id === id ? put(step, key, value, ['text']) : step)));
}

/** A step has at most one time: within, every or when. */
export function setTime(document: ChecklistDocument, id: string, time: Pick<StepDefinition, 'within' | 'every' | 'when'>): ChecklistDocument {
  const found = findStep(document, id);
  if (found === null) return document;
  const { within: _within, every: _every, when: _when, ...rest } = found.step;
  return inPhase(document, found.phase.id, steps => steps.map(step => (step.id === id ? { ...rest, ...time } : step)));
}

/** From the vocabulary's list, in the place that its order gives; a phase is there once. */
export function addPhase(document: ChecklistDocument, { id, title }: PhaseName, order: readonly string[]): ChecklistDocument {
  if (document.phases.some(phase => phase.id === id)) return document;
  const at = placeOf(document.phases, id, order);
  const born: PhaseDefinition = { id, title, mode: 'read-do', steps: [] };
  return { ...document, phases: [...document.phases.slice(0, at), born, ...document.phases.slice(at)] };
}

/** With all its steps. */
export function removePhase(document: ChecklistDocument, id: string): ChecklistDocument {
  return { ...document, phases: document.phases.filter(phase => phase.id !== id) };
}

export function setPhase<K extends PhaseField>(document: ChecklistDocument, id: string, key: K, value: PhaseDefinition[K] | undefined): ChecklistDocument {
  return { ...document, phases: document.phases.map(phase => (phase.id === id ? put(phase, key, value, ['title', 'mode']) : phase)) };
}

export function setFront<K extends FrontField>(document: ChecklistDocument, key: K, value: ChecklistDocument[K] | undefined): ChecklistDocument {
  return put(document, key, value, ALWAYS);
}

/** A card for an event has no role; what stood there comes back with undo. */
export function setKind(document: ChecklistDocument, kind: ChecklistDocument['kind']): ChecklistDocument {
  if (kind === 'role-card') return { ...document, kind };
  const rest = { ...document, kind };
  for (const key of ROLE_FIELDS) delete rest[key];
  return rest;
}

/** The text with these words in one language; undefined when nothing is left of it. */
export function said(text: Text | undefined, language: Language, words: string): Text | undefined {
  const sv = language === 'sv' ? words : (text?.sv ?? '');
  const en = language === 'en' ? words : text?.en;
  return sv === '' && !en ? undefined : en ? { sv, en } : { sv };
}

/** Before the first phase that stands later in the vocabulary; what the vocabulary does not know stays where it is. */
export function placeOf(phases: readonly { id: string }[], id: string, order: readonly string[]): number {
  const rank = order.indexOf(id);
  if (rank < 0) return phases.length;
  let at = 0;
  phases.forEach((phase, index) => {
    const other = order.indexOf(phase.id);
    if (other >= 0 && other < rank) at = index + 1;
  });
  return at;
}

const ALWAYS: readonly FrontField[] = [
  'edition',
  'order',
  'title',
  'tags',
  'audience',
  'owner',
  'reviewed',
  'review_by',
  'trigger',
  'not_for',
  'goal',
  'immediate',
];

/** What is not said is left out, except the fields that a document always has. */
function put<T extends object, K extends keyof T>(whole: T, key: K, value: T[K] | undefined, always: readonly (keyof T)[]): T {
  const empty = value === undefined || value === '' || value === false || (Array.isArray(value) && value.length === 0);
  if (!empty || (always.includes(key) && value !== undefined)) return { ...whole, [key]: value };
  if (always.includes(key)) return { ...whole, [key]: blank(whole[key]) };
  const rest = { ...whole };
  delete rest[key];
  return rest;
}

function blank(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return '';
  return Array.isArray(value) ? [] : { sv: 'sv' in value && Array.isArray(value.sv) ? [] : '' };
}

function inPhase(document: ChecklistDocument, id: string, change: (steps: StepDefinition[]) => StepDefinition[]): ChecklistDocument {
  return { ...document, phases: document.phases.map(phase => (phase.id === id ? { ...phase, steps: change(phase.steps) } : phase)) };
}

function merged(first: StepDefinition, second: StepDefinition): StepDefinition {
  const timed = first.within ?? first.every ?? first.when;
  const { within, every, when, ...untimed } = second;
  const together = { ...(timed === undefined ? second : untimed), ...first, text: both(first.text, second.text) };
  if (first.why !== undefined && second.why !== undefined) together.why = both(first.why, second.why);
  for (const key of ['call', 'cards', 'sources'] as const) {
    const list = [...new Set([...(first[key] ?? []), ...(second[key] ?? [])])];
    if (list.length > 0) together[key] = list;
  }
  return together;
}

function both(first: Text, second: Text): Text {
  const sv = [first.sv, second.sv].filter(words => words !== '').join(' ');
  const en = [first.en, second.en].filter(Boolean).join(' ');
  return en === '' ? { sv } : { sv, en };
}
