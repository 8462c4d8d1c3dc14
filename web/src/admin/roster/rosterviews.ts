/* The duty roster as the server tells it, and its times in words. One rule: a moment is said so that it cannot be mistaken for another week's. */
import type { Text } from '../../core/checklist';
import type { Shift } from '../../core/roster';
import { date } from '../../parts/clock';
import { w } from '../../parts/words';
import { day, toField, wall } from '../swedishtime';

export interface DutyFunction {
  id: string;
  title: Text;
  persons: { id: string; name: string }[];
}
export interface RosterView {
  /** Which roster this is: said again with every change. */
  mark: string;
  made: number;
  by: string;
  shifts: Shift[];
  functions: DutyFunction[];
}
export type Fate = 'new' | 'changed' | 'removed' | 'unchanged' | 'faulty';
export interface PlanRow {
  row: number;
  fate: Fate;
  function: string;
  person: string | null;
  name: string;
  from: number;
  to: number;
  before: string;
  text: string;
  why: Text[];
}
export interface PlanView {
  mark: string;
  counts: Record<Fate, number>;
  rows: PlanRow[];
  told: [row: number, why: Text, stops: boolean][];
  stops: boolean;
}

/** "mån 23 nov 08:00" */
export function moment(ms: number): string {
  return `${w().weekdays[wall(ms).getUTCDay()] ?? ''} ${dateOf(ms)} ${hour(ms)}`;
}

/** "ons 08:00", within a week that is known. */
export function inWeek(ms: number): string {
  return `${w().weekdays[wall(ms).getUTCDay()] ?? ''} ${hour(ms)}`;
}

/** "23 nov" */
export function dateOf(ms: number): string {
  return date(day(ms));
}

function hour(ms: number): string {
  return toField(ms).slice(11);
}
