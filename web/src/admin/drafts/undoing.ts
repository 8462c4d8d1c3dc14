/* What has been done in the editor, so that it can be undone. Pure; the clock is an argument.
   One rule: nothing is forgotten but the oldest, and what was typed in one go is undone in one go. */

export interface Moment<T> {
  document: T;
  /** Where it was done: there the caret goes when it is undone. */
  place: string;
}
export interface Editing<T> {
  document: T;
  past: readonly Moment<T>[];
  future: readonly Moment<T>[];
  /** Where something was last typed, and when, ms; null when the last deed was another one. */
  typed: { place: string; at: number } | null;
}

const REMEMBERED = 300;
/** A pause this long begins a new step to undo. */
const PAUSE_MS = 3_000;

export function begin<T>(document: T): Editing<T> {
  return { document, past: [], future: [], typed: null };
}

/** A deed of its own. */
export function done<T>(editing: Editing<T>, document: T, place: string): Editing<T> {
  if (document === editing.document) return editing;
  return { document, past: [...editing.past, { document: editing.document, place }].slice(-REMEMBERED), future: [], typed: null };
}

/** Letters in one field: they belong to the deed before when it was letters there too, a moment ago. */
export function typed<T>(editing: Editing<T>, document: T, place: string, at: number): Editing<T> {
  if (document === editing.document) return editing;
  const goesOn = editing.typed !== null && editing.typed.place === place && at - editing.typed.at <= PAUSE_MS;
  const moved = goesOn ? { ...editing, document, future: [] } : done(editing, document, place);
  return { ...moved, typed: { place, at } };
}

export function undone<T>(editing: Editing<T>): Editing<T> {
  const last = editing.past[editing.past.length - 1];
  if (last === undefined) return editing;
  return {
    document: last.document,
    past: editing.past.slice(0, -1),
    future: [{ document: editing.document, place: last.place }, ...editing.future],
    typed: null,
  };
}

export function redone<T>(editing: Editing<T>): Editing<T> {
  const [next, ...later] = editing.future;
  if (next === undefined) return editing;
  return { document: next.document, past: [...editing.past, { document: editing.document, place: next.place }], future: later, typed: null };
}
