/* What differs between two texts of one checklist: added, removed, moved and changed, field by field. Pure.
   One rule: a step is known by its id, so a step that has moved or been rewritten is never taken for a new one. */
import type { ChecklistDocument, PhaseDefinition, StepDefinition, Text } from '../../core/checklist';

export type Time = Pick<StepDefinition, 'within' | 'every' | 'when'>;
export type Value = Text | string | boolean | readonly string[] | readonly Text[] | ChecklistDocument['tags'] | Time;
export type Field = (typeof FRONT)[number] | (typeof PHASE)[number] | (typeof STEP)[number];
export interface FieldChange {
  field: Field;
  before: Value | undefined;
  after: Value | undefined;
}
export interface StepChange {
  id: string;
  what: 'added' | 'removed' | 'both';
  /** It stands elsewhere than it did; `from` is the phase it left, '' when it is the same one. */
  moved: boolean;
  from: string;
  before: StepDefinition | null;
  after: StepDefinition | null;
  fields: FieldChange[];
}
export interface PhaseChange {
  id: string;
  what: 'added' | 'removed' | 'both';
  before: PhaseDefinition | null;
  after: PhaseDefinition | null;
  fields: FieldChange[];
  steps: StepChange[];
}
export interface Counts {
  added: number;
  removed: number;
  moved: number;
  changed: number;
}
export interface Differences {
  front: FieldChange[];
  /** Every phase and step of both, in the order of the later text; what was removed stands where it stood. */
  phases: PhaseChange[];
  counts: Counts;
}
export interface Piece {
  words: string;
  mark: 'same' | 'removed' | 'added';
}

/** The edition and the day of review are the publishing's own, and no difference in what the card says. */
const FRONT = [
  ...(['title', 'kind', 'role', 'mission', 'trigger', 'immediate', 'not_for', 'goal', 'reports_to', 'takes_over_from', 'hands_over_to'] as const),
  ...(['tags', 'audience', 'owner', 'order', 'status', 'review_by'] as const),
] as const;
const PHASE = ['title', 'mode', 'pause'] as const;
const STEP = ['text', 'critical', 'time', 'role', 'everyone', 'decision', 'call', 'message', 'cards', 'why', 'sources'] as const;

/** `before` null: there is nothing to compare with, all is new. */
export function compare(before: ChecklistDocument | null, after: ChecklistDocument | null): Differences {
  const front = FRONT.flatMap(field => change(field, before?.[field], after?.[field]));
  const phases = aligned(before?.phases ?? [], after?.phases ?? []).map(([old, fresh]) => phaseChange(old, fresh, before, after));
  return { front, phases, counts: count(front, phases) };
}

export function total({ added, removed, moved, changed }: Counts): number {
  return added + removed + moved + changed;
}

/** What is the same word for word, what has gone and what has come: read without the added ones it is the old text, without the removed ones the new. */
export function markWords(before: string, after: string): Piece[] {
  const a = wordsOf(before);
  const b = wordsOf(after);
  const pieces: Piece[] = [];
  const put = (mark: Piece['mark'], words: string): void => {
    if (words !== '') pieces.push({ mark, words });
  };
  let [i, j] = [0, 0];
  const until = (x: number, y: number): void => {
    put('removed', a.slice(i, x).join(''));
    put('added', b.slice(j, y).join(''));
  };
  for (const [x, y] of common(a, b)) {
    until(x, y);
    put('same', a[x] ?? '');
    [i, j] = [x + 1, y + 1];
  }
  until(a.length, b.length);
  return smoothed(pieces);
}

/** The longest row of items that both have, in the same order, as pairs of places. */
export function common<T>(a: readonly T[], b: readonly T[]): [number, number][] {
  let [start, end] = [0, 0];
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const [rows, columns] = [a.length - start - end, b.length - start - end];
  const pairs: [number, number][] = Array.from({ length: start }, (_, at) => [at, at]);
  if (rows * columns <= MOST_CELLS) pairs.push(...longest(a.slice(start, start + rows), b.slice(start, start + columns), start));
  for (let at = end; at > 0; at--) pairs.push([a.length - at, b.length - at]);
  return pairs;
}

export function sameValue(a: unknown, b: unknown): boolean {
  return a === b || canonical(a) === canonical(b);
}

/** Two texts without a word in common are not worth a large table to know it. */
const MOST_CELLS = 1_000_000;

function longest<T>(a: readonly T[], b: readonly T[], offset: number): [number, number][] {
  const width = b.length + 1;
  const best = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => best[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) best[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) pairs.push([offset + i++, offset + j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}

function phaseChange(
  old: PhaseDefinition | null,
  fresh: PhaseDefinition | null,
  before: ChecklistDocument | null,
  after: ChecklistDocument | null,
): PhaseChange {
  const held = phaseByStep(before);
  const kept = phaseByStep(after);
  // What has moved to another phase is shown there, once.
  const stayed = (old?.steps ?? []).filter(step => !kept.has(step.id) || kept.get(step.id) === old?.id);
  const pairs = aligned(stayed, fresh?.steps ?? []);
  const still = new Set(common(idsOf(stayed), idsOf(fresh?.steps ?? [])).map(([x]) => stayed[x]?.id));
  const steps = pairs.map(([was, is]): StepChange => {
    const id = is?.id ?? was?.id ?? '';
    const from = is === null ? undefined : held.get(id);
    const elsewhere = from !== undefined && from !== fresh?.id;
    const origin = elsewhere ? (before?.phases.flatMap(phase => phase.steps).find(step => step.id === id) ?? null) : was;
    const what = is === null ? 'removed' : origin === null ? 'added' : 'both';
    return {
      id,
      what,
      moved: what === 'both' && (elsewhere || !still.has(id)),
      from: elsewhere ? from : '',
      before: origin,
      after: is,
      fields: STEP.flatMap(field => change(field, stepValue(origin, field), stepValue(is, field))),
    };
  });
  const fields = PHASE.flatMap(field => change(field, old?.[field], fresh?.[field]));
  return { id: fresh?.id ?? old?.id ?? '', what: old === null ? 'added' : fresh === null ? 'removed' : 'both', before: old, after: fresh, fields, steps };
}

/** Pairs by id in the order of the later list; what it lacks stands after what it stood after. */
function aligned<T extends { id: string }>(before: readonly T[], after: readonly T[]): [T | null, T | null][] {
  const byId = new Map(before.map(each => [each.id, each]));
  const kept = new Set(idsOf(after));
  const pairs: [T | null, T | null][] = after.map(each => [byId.get(each.id) ?? null, each]);
  let at = 0;
  for (const each of before) {
    if (kept.has(each.id)) at = pairs.findIndex(([, is]) => is?.id === each.id) + 1;
    else pairs.splice(at++, 0, [each, null]);
  }
  return pairs;
}

function stepValue(step: StepDefinition | null, field: (typeof STEP)[number]): Value | undefined {
  if (step === null) return undefined;
  if (field !== 'time') return step[field];
  const { within, every, when } = step;
  const time: Time = { ...(within !== undefined && { within }), ...(every !== undefined && { every }), ...(when !== undefined && { when }) };
  return Object.keys(time).length === 0 ? undefined : time;
}

function change(field: Field, before: Value | undefined, after: Value | undefined): FieldChange[] {
  return sameValue(filled(before), filled(after)) ? [] : [{ field, before, after }];
}

function count(front: readonly FieldChange[], phases: readonly PhaseChange[]): Counts {
  const counts: Counts = { added: 0, removed: 0, moved: 0, changed: front.length };
  for (const phase of phases) {
    if (phase.what === 'both') counts.changed += phase.fields.length;
    for (const { what, moved, fields } of phase.steps) {
      if (what !== 'both') counts[what]++;
      else if (fields.length > 0) counts.changed++;
      else if (moved) counts.moved++;
    }
    if (phase.steps.length === 0 && phase.what !== 'both') counts[phase.what]++;
  }
  return counts;
}

function phaseByStep(document: ChecklistDocument | null): Map<string, string> {
  return new Map(document?.phases.flatMap(phase => phase.steps.map(step => [step.id, phase.id] as const)));
}

function idsOf(items: readonly { id: string }[]): string[] {
  return items.map(each => each.id);
}

function wordsOf(text: string): string[] {
  return text.match(/\s+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [];
}

/** A space between two changed words is changed too: one mark is easier to read than five. */
function smoothed(pieces: readonly Piece[]): Piece[] {
  const out: Piece[] = [];
  let gone = '';
  let come = '';
  const flush = (): void => {
    if (gone !== '') out.push({ mark: 'removed', words: gone });
    if (come !== '') out.push({ mark: 'added', words: come });
    gone = come = '';
  };
  pieces.forEach(({ mark, words }, at) => {
    const bridge = mark === 'same' && words.trim() === '' && (gone !== '' || come !== '') && (pieces[at + 1]?.mark ?? 'same') !== 'same';
    if (mark === 'removed' || bridge) gone += words;
    if (mark === 'added' || bridge) come += words;
    if (mark !== 'same' || bridge) return;
    flush();
    const last = out[out.length - 1];
    if (last?.mark === 'same') last.words += words;
    else out.push({ mark, words });
  });
  flush();
  return out;
}

/** Nothing said and an empty word, list or text are the same to a reader. */
function filled(value: Value | undefined): unknown {
  if (value === undefined || value === '' || value === false) return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value;
  const said = Object.entries(value).filter(([, part]: [string, unknown]) => part !== undefined && part !== '' && !(Array.isArray(part) && part.length === 0));
  return typeof value !== 'object' ? value : said.length === 0 ? undefined : Object.fromEntries(said);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}

/** Whether anything of the step differs. */
export function isTouched({ what, moved, fields }: StepChange): boolean {
  return what !== 'both' || moved || fields.length > 0;
}
