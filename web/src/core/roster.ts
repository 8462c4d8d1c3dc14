/* The duty roster: who holds a function now, and how far what it says can be trusted. Pure.
   One rule: it never guesses; where nobody stands in it, it says so and since when. */

export interface Shift {
  function: string;
  /** Missing: somebody who is not among the contacts. */
  person?: string;
  name: string;
  /** ms */
  from: number;
  to: number;
  /** Not as the plan had it. */
  swapped?: true;
}
export interface RosterDocument {
  type: 'roster';
  made: number;
  by: string;
  shifts: Shift[];
}

const OLD_MS = 45 * 86_400_000;

/** null: the roster does not speak of this function. `ended`: when the last shift ended, if all have; `old`: nobody has looked at the roster for long. */
export function dutyOf(roster: RosterDocument | null, fn: string, now: number): { on: Shift[]; ended: number | null; old: boolean } | null {
  const own = roster?.shifts.filter(shift => shift.function === fn) ?? [];
  if (roster === null || own.length === 0) return null;
  const last = Math.max(...own.map(({ to }) => to));
  return {
    // Of several the one who came last: a swap is laid over what it changes.
    on: own.filter(({ from, to }) => from <= now && now < to).sort((a, b) => b.from - a.from),
    ended: last <= now ? last : null,
    old: now - roster.made > OLD_MS,
  };
}
