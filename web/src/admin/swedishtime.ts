/* Clock times as the wall clocks of Sweden show them, and the moments (ms) they are: the sister of the server's swedish_time.py.
   One rule: whatever zone this desk's computer is in, a room that speaks of days and weeks asks here. A wall time is a Date whose UTC fields are what the wall shows. */

const ZONE = 'Europe/Stockholm';
const HOUR_MS = 3_600_000;
const format = new Intl.DateTimeFormat('en-US', {
  timeZone: ZONE,
  hourCycle: 'h23',
  ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
});
/** Clocks change on the hour: what holds for one moment of it holds for all. */
const offsets = new Map<number, number>();

export function wall(ms: number): Date {
  return new Date(ms + offset(ms));
}

/** Of an hour that comes twice the first; one that never comes is moved on by as much as the clocks are. */
export function moment(at: Date): number {
  const ms = at.getTime();
  const before = ms - offset(ms - 24 * HOUR_MS);
  const after = ms - offset(ms + 24 * HOUR_MS);
  return wall(before).getTime() === ms || wall(after).getTime() !== ms ? before : after;
}

/** 'YYYY-MM-DD' */
export function day(ms: number): string {
  return wall(ms).toISOString().slice(0, 10);
}

/** 'YYYY-MM-DDTHH:MM', as a field for a moment holds it. */
export function toField(ms: number): string {
  return wall(ms).toISOString().slice(0, 16);
}

/** null when it is no moment, or one that no wall clock shows: it is never moved for the clerk. */
export function fromField(value: string): number | null {
  const at = new Date(`${value}Z`);
  if (Number.isNaN(at.getTime())) return null;
  const ms = moment(at);
  return wall(ms).getTime() === at.getTime() ? ms : null;
}

function offset(ms: number): number {
  const hour = Math.floor(ms / HOUR_MS);
  const known = offsets.get(hour);
  if (known !== undefined) return known;
  const said: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(hour * HOUR_MS)) said[type] = Number(value);
  const of = (type: string): number => said[type] ?? 0;
  const found = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - hour * HOUR_MS;
  offsets.set(hour, found);
  return found;
}
