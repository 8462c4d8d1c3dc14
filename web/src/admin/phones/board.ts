/* The readiness board as the server tells it, and what follows from it. Pure. One rule: whether somebody is ready is the server's to say, never counted again here. */
import type { Text } from '../../core/checklist';

export type Reason = 'no-phone' | 'offline' | 'no-library' | 'old-library' | 'not-lasting' | 'unseen';
export interface Phone {
  id: string;
  name: string;
  joined: number;
  seen: number;
  revoked: number | null;
  build: string;
  offline_ok: boolean;
  persisted: boolean;
  tested: number;
  unsent: number;
  oldest_unsent: number;
  library: { current: boolean; built: number | null } | null;
  reasons: Reason[];
}
export interface Leader {
  member: string;
  name: string;
  email: string | null;
  dial: string | null;
  ready: boolean;
  reasons: Reason[];
  phones: Phone[];
  invited: number | null;
  practised: number | null;
}
export interface Figures {
  leaders: number;
  ready: number;
  current: number;
  practised: number;
  contacts: number;
  confirmed: number | null;
}
export interface BareRole {
  id: string;
  title: Text;
  function: string | null;
}
export interface Overdue {
  checklists: { id: string; title: Text; version: number; owner: string; review_by: string }[];
  checklists_count: number;
  contacts: { function: string; title: Text; person: string; name: string; verified: string | null }[];
  contacts_count: number;
  roles_without_holder: BareRole[];
  roles_without_deputy: BareRole[];
}
export interface Board {
  figures: Figures;
  leaders: Leader[];
  overdue: Overdue;
  manifest: { hash: string; built: number };
}
export interface Day {
  day: string;
  figures: Figures;
}

export const MEASURES = ['ready', 'current', 'confirmed', 'practised'] as const;
export type Measure = (typeof MEASURES)[number];

/** What matters most first: the leader without a phone, then the phone that would not start, and so on. */
const WORST: readonly Reason[] = ['no-phone', 'offline', 'no-library', 'unseen', 'old-library', 'not-lasting'];

/** Those who are not ready first, the worst at the top; then by name. */
export function inOrderOfNeed(leaders: readonly Leader[]): Leader[] {
  const order = new Intl.Collator('sv');
  return [...leaders].sort((a, b) => worstOf(a) - worstOf(b) || order.compare(a.name, b.name));
}

function worstOf({ reasons }: Leader): number {
  return Math.min(WORST.length, ...reasons.map(reason => WORST.indexOf(reason)));
}

/** The deeds that mend what is lacking, each once: a phone that is opened with network fetches the library and is seen again. */
export type Deed = 'join' | 'open' | 'test' | 'last';
const MENDS: Record<Reason, Deed> = { 'no-phone': 'join', offline: 'test', 'no-library': 'open', 'old-library': 'open', unseen: 'open', 'not-lasting': 'last' };
const DEEDS: readonly Deed[] = ['join', 'open', 'test', 'last'];

export function deedsFor(reasons: readonly Reason[]): Deed[] {
  return DEEDS.filter(deed => reasons.some(reason => MENDS[reason] === deed));
}

/** 0–100, or null when there is nothing to measure. 100 only when not one is missing. */
export function percentOf(figures: Figures, measure: Measure): number | null {
  if (measure === 'confirmed') return figures.confirmed;
  return figures.leaders === 0 ? null : Math.floor((figures[measure] * 100) / figures.leaders);
}

/** Days of the year as points between 0 and 1 from the left; a line is broken where more than a fortnight is missing. */
export function linesOf(days: readonly Day[], measure: Measure, today: string): { at: number; percent: number }[][] {
  const last = dayNumber(today);
  const lines: { at: number; percent: number }[][] = [];
  let before = -Infinity;
  for (const { day, figures } of days) {
    const percent = percentOf(figures, measure);
    const number = dayNumber(day);
    if (percent === null || number < last - 365 || number > last) continue;
    if (number - before > 14) lines.push([]);
    lines.at(-1)?.push({ at: 1 - (last - number) / 365, percent });
    before = number;
  }
  return lines;
}

/** The last counted day of each month, the latest first. */
export function monthsOf(days: readonly Day[]): Day[] {
  const byMonth = new Map(days.map(each => [each.day.slice(0, 7), each]));
  return [...byMonth.values()].reverse();
}

/** Where each month begins, between 0 and 1; months counted from 0. */
export function monthStarts(today: string): { at: number; month: number }[] {
  const last = dayNumber(today);
  const [year = 0, month = 1] = today.split('-').map(Number);
  return Array.from({ length: 12 }, (_, back) => new Date(Date.UTC(year, month - 1 - back, 1)))
    .map(first => ({ at: 1 - (last - first.getTime() / DAY) / 365, month: first.getUTCMonth() }))
    .filter(({ at }) => at >= 0)
    .reverse();
}

const DAY = 86_400_000;

function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00Z`) / DAY;
}
