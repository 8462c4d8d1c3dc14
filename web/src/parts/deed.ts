/* Deeds from the screen: drawn at once as "being saved", undone within ten seconds. One rule: nothing looks saved before it is on disk, and a deed that failed says so. */
import { signal } from '@preact/signals';
import type { Mark } from '../core/operation';
import { mark, undo } from '../state';
import { announce } from './announce';
import { w } from './words';

const UNDO_MS = 10_000;
const DOUBLE_TAP_MS = 350;

/** Marks on their way to the disk, by incident and step. */
export const saving = signal<ReadonlyMap<string, Mark>>(new Map());
/** Marks that can still be undone, by incident and step: the operation and what was marked. */
export const undoable = signal<ReadonlyMap<string, { op: string; state: Mark }>>(new Map());
/** Words about the last deed that could not be done; '' when all is well. */
export const trouble = signal('');
const lastTaps = new Map<string, number>();

export const deedKey = (inc: string, step: string): string => `${inc} ${step}`;

export async function markStep(inc: string, step: string, words: string, state: Mark, reason?: string): Promise<void> {
  const key = deedKey(inc, step);
  // A trembling thumb taps twice: the second tap must not take the first one back.
  if (reason === undefined && (saving.value.has(key) || performance.now() - (lastTaps.get(key) ?? -DOUBLE_TAP_MS) < DOUBLE_TAP_MS)) return;
  lastTaps.set(key, performance.now());
  saving.value = new Map(saving.value).set(key, state);
  const op = await attempt(mark(inc, step, state, reason));
  saving.value = without(saving.value, key);
  if (op === null) return;
  const entry = { op, state };
  undoable.value = new Map(undoable.value).set(key, entry);
  announce(`${w().state[state]}: ${words}. ${w().undoSpoken}`);
  setTimeout(() => undoable.value.get(key) === entry && (undoable.value = without(undoable.value, key)), UNDO_MS);
}

export async function undoStep(inc: string, step: string, words: string): Promise<void> {
  const key = deedKey(inc, step);
  const last = undoable.value.get(key);
  if (last === undefined) return;
  undoable.value = without(undoable.value, key);
  if ((await attempt(undo(inc, last.op).then(() => true))) !== null) announce(`${w().undone}: ${words}`);
}

/** The deed's answer, or null when it could not be done; then the screen says so until the next deed. */
export async function attempt<T>(deed: Promise<T>): Promise<T | null> {
  try {
    const answer = await deed;
    trouble.value = '';
    return answer;
  } catch (error) {
    trouble.value = error instanceof Error && /storage|quota/i.test(error.name) ? w().notSavedFull : w().notSaved;
    return null;
  }
}

function without<V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> {
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}
