/* The duty roster as weeks: what each week of a function holds, where nobody is on duty, where two are. Pure; now is an argument.
   One rule: a week begins when duty changes hands by Swedish clocks, so that a shift from Monday to Monday is one cell and no sliver more. */
import type { Shift } from '../../core/roster';
import { moment, wall } from '../swedishtime';

/** `index`: its place in the roster, by which it is changed. */
export interface Piece {
  index: number;
  shift: Shift;
  from: number;
  to: number;
}
export interface Week {
  from: number;
  to: number;
  /** ISO. */
  number: number;
  year: number;
}
export interface Cell {
  pieces: Piece[];
  /** Spans of the week in which nobody is on duty. */
  holes: { from: number; to: number }[];
  /** Two or more at the same moment. */
  double: boolean;
}
export interface Change {
  /** 0 is Monday. */
  weekday: number;
  minutes: number;
}
type Deed = { do: 'remove'; shift: number } | ({ do: 'add' } & Omit<Shift, 'swapped'> & { swapped: boolean });

const DAY_MS = 86_400_000;
const MONDAY_AT_EIGHT: Change = { weekday: 0, minutes: 480 };

/** When most shifts of a week or so begin; Monday 08:00 when there are none. */
export function changeOf(shifts: readonly Shift[]): Change {
  const counts = new Map<number, number>();
  for (const { from } of shifts) {
    const at = wall(from);
    const key = weekday(at) * 1440 + at.getUTCHours() * 60 + at.getUTCMinutes();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const [best] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return best === undefined ? MONDAY_AT_EIGHT : { weekday: Math.floor(best[0] / 1440), minutes: best[0] % 1440 };
}

/** So many weeks, the first being the one that `now` lies in, moved by `skip`. */
export function weeksFrom(now: number, change: Change, count: number, skip = 0): Week[] {
  const near = begin(wall(now), change);
  const first = later(near, 7 * (skip - (moment(near) > now ? 1 : 0)));
  return Array.from({ length: count }, (_, at) => {
    const from = later(first, 7 * at);
    return { from: moment(from), to: moment(later(from, 7)), ...isoWeek(from) };
  });
}

export function cellOf(pieces: readonly Piece[], week: { from: number; to: number }): Cell {
  const inside = pieces
    .filter(({ shift }) => shift.from < week.to && week.from < shift.to)
    .map(piece => ({ ...piece, from: Math.max(piece.shift.from, week.from), to: Math.min(piece.shift.to, week.to) }))
    .sort((a, b) => a.from - b.from || a.to - b.to);
  const holes: Cell['holes'] = [];
  let reached = week.from;
  let double = false;
  for (const { from, to } of inside) {
    if (from > reached) holes.push({ from: reached, to: from });
    if (from < reached) double = true;
    reached = Math.max(reached, to);
  }
  if (reached < week.to) holes.push({ from: reached, to: week.to });
  return { pieces: inside, holes, double };
}

/** The pieces of each function that the roster speaks of. */
export function byFunction(shifts: readonly Shift[]): Map<string, Piece[]> {
  const found = new Map<string, Piece[]>();
  shifts.forEach((shift, index) => {
    const own = found.get(shift.function) ?? [];
    own.push({ index, shift, from: shift.from, to: shift.to });
    found.set(shift.function, own);
  });
  return found;
}

/** What makes `now` into `before` again: how a change is undone. */
export function undoing(before: readonly Shift[], now: readonly Shift[]): Deed[] {
  const key = (shift: Shift): string => JSON.stringify([shift.function, shift.person ?? '', shift.name, shift.from, shift.to, shift.swapped ?? false]);
  const wanted = new Map<string, number>();
  for (const shift of before) wanted.set(key(shift), (wanted.get(key(shift)) ?? 0) + 1);
  const deeds: Deed[] = [];
  now.forEach((shift, index) => {
    const left = wanted.get(key(shift)) ?? 0;
    if (left > 0) wanted.set(key(shift), left - 1);
    else deeds.push({ do: 'remove', shift: index });
  });
  for (const shift of before) {
    const left = wanted.get(key(shift)) ?? 0;
    if (left === 0) continue;
    wanted.set(key(shift), left - 1);
    const { swapped, ...rest } = shift;
    deeds.push({ do: 'add', ...rest, swapped: swapped ?? false });
  }
  return deeds;
}

/** Of a wall's day, by ISO 8601: the week with the year's first Thursday is the first. */
export function isoWeek(day: Date): { number: number; year: number } {
  const thursday = later(day, 3 - weekday(day));
  const year = thursday.getUTCFullYear();
  return { number: 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY_MS)), year };
}

function begin(now: Date, { weekday: wanted, minutes }: Change): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + wanted - weekday(now), 0, minutes));
}

function later(day: Date, days: number): Date {
  return new Date(day.getTime() + days * DAY_MS);
}

function weekday(day: Date): number {
  return (day.getUTCDay() + 6) % 7;
}
