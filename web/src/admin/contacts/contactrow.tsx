/* One function in the list: its persons in order, each with numbers and when they were last confirmed. One rule: an old date has words, not only a colour. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ContactFunction, Person } from '../../core/checklist';
import { announce } from '../../parts/announce';
import { date } from '../../parts/clock';
import { Icon } from '../../parts/icon';
import { t, w } from '../../parts/words';
import { now } from '../../state';
import { post } from '../ask';
import { deskTo } from '../desk';
import { LettersKey } from '../letters/letterskey';
import { hasNoDeputy, type FunctionView } from './register';
import { day } from '../swedishtime';
import { k } from '../text/contacts';
import { why } from '../text/frame';

interface ContactRowProps {
  view: FunctionView;
  /** How many cards ring it. */
  called: number;
  /** Ids of those whose numbers must be confirmed. */
  old: readonly string[];
  /** Just saved: lit until something else is done. */
  fresh: boolean;
  onChanged: (view: FunctionView) => void;
}

export function ContactRow({ view, called, old, fresh, onChanged }: ContactRowProps) {
  const fn = view.function;
  const title = t(fn.title);
  const facts = [fn.organisation, fn.hours, called > 0 ? k().calledBy(called) : undefined].filter(each => each !== undefined && each !== '' && each !== title);
  const item = useRef<HTMLLIElement>(null);
  // Back where one was: the list has just been drawn anew, from its top.
  useEffect(() => {
    if (!fresh) return;
    const frame = requestAnimationFrame(() => item.current?.scrollIntoView({ block: 'center' }));
    return () => cancelAnimationFrame(frame);
  }, [fresh]);
  return (
    <li class={fresh ? 'fn lit' : 'fn'} ref={item}>
      <div class="fn-head">
        <h3>
          <a href={deskTo('kontakter', fn.id)} aria-label={k().edit(title)}>
            {title}
          </a>
        </h3>
        {facts.length > 0 && <small>{facts.join(' · ')}</small>}
        {hasNoDeputy(fn) && <span class="tag">{k().noDeputy}</span>}
      </div>
      {fresh && (
        <p class="small good fn-saved">
          <Icon name="check" />
          {k().savedNow(title)}
        </p>
      )}
      {fn.persons.length === 0 && <p class="small">{k().nobody}</p>}
      <ol class="fn-people">
        {fn.persons.map((person, at) => (
          <PersonLine key={person.id} fn={fn} person={person} at={at} old={old.includes(person.id)} onChanged={onChanged} />
        ))}
      </ol>
    </li>
  );
}

interface PersonLineProps {
  fn: ContactFunction;
  person: Person;
  at: number;
  old: boolean;
  onChanged: (view: FunctionView) => void;
}

function PersonLine({ fn, person, at, old, onChanged }: PersonLineProps) {
  const [refused, setRefused] = useState('');
  const [busy, setBusy] = useState(false);
  const confirm = async (): Promise<void> => {
    setBusy(true);
    const got = await post<FunctionView>(`contacts/${encodeURIComponent(fn.id)}/confirm`, { persons: [person.id] });
    setBusy(false);
    if (!got.ok) return setRefused(why(got));
    setRefused('');
    announce(k().justConfirmed(person.name));
    onChanged(got.value);
  };
  return (
    <li class="fn-person">
      <span class="fn-place" aria-hidden="true">
        {at + 1}
      </span>
      <div class="fn-who">
        <b>{person.name}</b>
        <span class="hidden">, {at === 0 ? w().callFirst : w().deputy(at)}</span>
      </div>
      <div class="fn-reach">
        {person.numbers.map(number => (
          <span key={number.dial + (number.label ?? '')}>
            <span class="number">{number.number}</span>
            {number.label !== undefined && <small> {number.label}</small>}
          </span>
        ))}
        {person.numbers.length === 0 && (person.email ?? person.rakel) !== undefined && <span>{person.email ?? `${k().rakel} ${person.rakel ?? ''}`}</span>}
        {person.private === true && <span class="tag due">{person.numbers.length === 0 ? k().secretHere : k().secret}</span>}
      </div>
      <div class="fn-date">
        {old && <span class="tag due">{person.verified === undefined ? k().never : k().old}</span>}
        {person.verified !== undefined && <small>{k().confirmedBy(date(person.verified), person.verified_by)}</small>}
      </div>
      <div class="fn-keys">
        {fn.kind !== 'public' && <LettersKey plain persons={[{ function: fn.id, person: person.id, name: person.name }]} />}
        {person.verified === day(now.value) ? (
          <small class="good row">
            <Icon name="check" />
            {k().confirmToday}
          </small>
        ) : (
          <button
            type="button"
            class={old ? 'small-key' : 'small-key plain'}
            disabled={busy}
            aria-label={k().confirmTodayOf(person.name)}
            onClick={() => void confirm()}
          >
            {k().confirmToday}
          </button>
        )}
      </div>
      {refused !== '' && (
        <p class="wrong-words" role="alert">
          {refused}
        </p>
      )}
    </li>
  );
}
