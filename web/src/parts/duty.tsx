/* Who is on duty for a function now. One rule: first among those to ring, and the roster says how old it is. */
import type { ContactFunction, Person } from '../core/checklist';
import { dutyOf } from '../core/roster';
import { now, shown } from '../state';
import { date, until } from './clock';
import { w } from './words';

export function duty(fn: ContactFunction): ReturnType<typeof dutyOf> {
  return dutyOf(shown.value?.roster ?? null, fn.id, now.value);
}

/** Those to ring, in order: who is on duty, also when they stand under another function, then the others. */
export function inOrder(fn: ContactFunction): Person[] {
  const on = (duty(fn)?.on ?? []).flatMap(({ person = '' }) => shown.value?.functions.get(person)?.person ?? []);
  return [...new Map([...on, ...fn.persons].map(person => [person.id, person])).values()];
}

/** "I tjänst nu: Karin Exempelsson, till mån 08:00"; with `age` also how old that is. Nothing where there is no roster. */
export function DutyLine({ fn, age = false }: { fn: ContactFunction; age?: boolean }) {
  const found = duty(fn);
  if (found === null) return null;
  const { on, ended, old } = found;
  return (
    <small class={`duty strong${on.length > 0 && !old ? '' : ' light'}`}>
      {on.length > 0
        ? w().onDuty(w().and(on.map(({ name }) => name)), until(Math.min(...on.map(({ to }) => to))))
        : ended === null
          ? w().nobodyOnDuty
          : w().rosterEnded(date(ended))}
      {(age || old) && ` (${w().rosterFrom(date(shown.value?.roster?.made ?? 0))})`}
    </small>
  );
}
