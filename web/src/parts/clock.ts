/* Times as people say them: 13:42, i går 17:21, för 14 månader sedan, 01:42. One rule: every screen reads the same clock, `now`. */
import { now } from '../state';
import { w } from './words';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A moment, ms: as short as it can be without being mistaken for another. */
export function clock(ms: number): string {
  const at = new Date(ms);
  const today = new Date(now.value);
  const days = daysBetween(at, today);
  const time = `${two(at.getHours())}:${two(at.getMinutes())}`;
  if (days === 0) return time;
  if (days === 1) return `${w().yesterday} ${time}`;
  if (days === -1) return `${w().tomorrow} ${time}`;
  if (days > 1 && days < 7) return `${w().weekdays[at.getDay()] ?? ''} ${time}`;
  return at.getFullYear() === today.getFullYear() ? `${day(at)} ${time}` : `${day(at)} ${at.getFullYear()}`;
}

/** A moment to come: "mån 08:00" within the week. */
export function until(ms: number): string {
  const days = daysBetween(new Date(now.value), new Date(ms));
  return days > 1 && days < 7 ? `${w().weekdays[new Date(ms).getDay()] ?? ''} ${hour(ms)}` : clock(ms);
}

/** A date, 'YYYY-MM-DD' or ms: "3 nov", "3 nov 2025". */
export function date(value: string | number): string {
  const at = typeof value === 'string' ? new Date(`${value}T12:00`) : new Date(value);
  if (Number.isNaN(at.getTime())) return String(value);
  return at.getFullYear() === new Date(now.value).getFullYear() ? day(at) : `${day(at)} ${at.getFullYear()}`;
}

/** How long ago a date was, in the largest fitting unit: "för 14 månader sedan". */
export function ago(iso: string): string {
  const days = daysSince(iso);
  if (days < 1) return w().today;
  if (days < 60) return w().daysAgo(days);
  return days < 730 ? w().monthsAgo(Math.round(days / 30.44)) : w().yearsAgo(Math.floor(days / 365.25));
}

export function daysSince(iso: string): number {
  return daysBetween(new Date(`${iso}T12:00`), new Date(now.value));
}

/** Is a date before today? */
export function isPast(iso: string): boolean {
  return daysSince(iso) > 0;
}

/** How long since, "01:42"; whole days first when there are any. */
export function elapsed(from: number): string {
  const ms = Math.max(0, now.value - from);
  const days = Math.floor(ms / DAY);
  const minutes = Math.floor((ms % DAY) / MINUTE);
  return `${days > 0 ? `${w().days(days)} ` : ''}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Minutes as people say them: "15 min", "3 tim", "2 dygn". */
export function minutes(value: number): string {
  const size = Math.abs(value);
  if ((size < 120 && size % 60 !== 0) || size < 60) return w().minutes(size);
  return size % 1440 === 0 && size > 1440 ? w().days(size / 1440) : w().hours(Math.round(size / 6) / 10);
}

/** The day a log entry belongs to, for the headings between days; '' for today. */
export function dayOf(ms: number): string {
  const days = daysBetween(new Date(ms), new Date(now.value));
  return days === 0 ? '' : days === 1 ? w().yesterday : `${w().weekdays[new Date(ms).getDay()] ?? ''} ${date(ms)}`;
}

/** The clock time alone, "13:42". */
export function hour(ms: number): string {
  const at = new Date(ms);
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
}

function day(at: Date): string {
  return w().dayMonth(at.getDate(), w().months[at.getMonth()] ?? '');
}

function daysBetween(from: Date, till: Date): number {
  return Math.round((Date.UTC(till.getFullYear(), till.getMonth(), till.getDate()) - Date.UTC(from.getFullYear(), from.getMonth(), from.getDate())) / DAY);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
