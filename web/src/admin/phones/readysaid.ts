/* How the board says what it knows of a phone. One rule: what is not known is said to be unknown, never left empty. */
import { clock, date, hour } from '../../parts/clock';
import { w } from '../../parts/words';
import { now } from '../../state';
import type { Leader, Phone, Reason } from './board';
import { r } from '../text/readiness';

const DAY = 86_400_000;

/** Today's with the word, so that a time alone is not mistaken: "i dag 14:02". */
export function moment(ms: number): string {
  const said = clock(ms);
  return said === hour(ms) ? `${w().today} ${said}` : said;
}

export function sayReason(reason: Reason, phone: Phone | undefined): string {
  return r().lacks(reason, phone === undefined ? 0 : Math.floor((now.value - phone.seen) / DAY));
}

export function sayReasons({ reasons, phones }: Leader): string {
  const counts = phones.find(phone => phone.reasons.length === reasons.length);
  return reasons.map((reason, at) => (at === 0 ? sayReason(reason, counts) : uncapital(sayReason(reason, counts)))).join(', ');
}

export function sayLibrary({ library }: Phone): string {
  if (library === null) return r().none;
  if (library.built === null) return r().oldUnknown;
  return library.current ? date(library.built) : `${date(library.built)}, ${r().older}`;
}

/** When it last proved on itself that it starts without network. That it does not stands among what it lacks. */
export function sayTested({ tested }: Phone): string {
  return tested === 0 ? r().never : date(tested);
}

export function sayUnsent({ unsent, oldest_unsent, seen }: Phone): string {
  if (unsent > 0) return r().unsentOf(unsent, moment(oldest_unsent));
  return now.value - seen > 30 * DAY ? r().unknown : r().nothingUnsent;
}

function uncapital(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}
