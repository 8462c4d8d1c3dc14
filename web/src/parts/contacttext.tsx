/* One function: who holds it now, then the deputies in order. One rule: ring from the top; each number with its age. */
import type { ContactFunction, Person } from '../core/checklist';
import { library } from '../state';
import { Dial } from './call';
import { ago, date, daysSince } from './clock';
import { DutyLine, inOrder } from './duty';
import { Icon } from './icon';
import { roleName } from './richtext';
import { toHere } from './route';
import { capital, t, w } from './words';

export function ContactText({ id }: { id: string }) {
  const found = library.value?.functions.get(id);
  if (found === undefined)
    return (
      <div class="box">
        <h2>{w().contactMissing(id)}</h2>
        <p>{w().cardMissingWhat}</p>
        <a class="button" href={toHere('kontakter')}>
          {w().contacts}
        </a>
      </div>
    );
  const { fn } = found;
  const facts = [fn.role === undefined ? undefined : roleName(fn.role), fn.hours].filter(each => each !== undefined && each !== '' && each !== t(fn.title));
  return (
    <>
      {fn.about !== undefined && <p class="lead">{capital(t(fn.about))}</p>}
      {facts.length > 0 && <p class="small">{capital(facts.join(' · '))}</p>}
      <DutyLine fn={fn} age />
      {fn.persons.length === 0 && (
        <div class="box">
          <h2>{w().nobodyHere}</h2>
          <p>{w().noContactsWhat}</p>
        </div>
      )}
      {inOrder(fn).map((person, i) => (
        <PersonBox key={person.id} fn={fn} person={person} order={i} />
      ))}
    </>
  );
}

function PersonBox({ fn, person, order }: { fn: ContactFunction; person: Person; order: number }) {
  const title = t(fn.title);
  return (
    <section class="box">
      <div class="stack tight">
        {fn.persons.length > 1 && <p class="label-line">{order === 0 ? w().callFirst : w().deputy(order)}</p>}
        <h2>{person.name}</h2>
        <Confirmed person={person} fn={fn} long />
      </div>
      {person.numbers.length > 0 && (
        <div class="call-row">
          {person.numbers.map(number => (
            <Dial key={number.dial} dial={number.dial} who={person.name === title ? title : `${title}, ${person.name}`} contact={person.id}>
              <Icon name="phone" />
              <span>
                <span class="hidden">
                  {w().call} {person.name}{' '}
                </span>
                <span class="number">{number.number}</span>
                {number.label !== undefined && <small>{number.label}</small>}
              </span>
            </Dial>
          ))}
        </div>
      )}
      <div class="row wrap">
        {person.numbers
          .filter(({ dial }) => /^\+467/.test(dial))
          .slice(0, 1)
          .map(({ dial, number }) => (
            <a key={dial} class="button" href={`sms:${dial}`}>
              <Icon name="speech" />
              {w().sms}
              <span class="hidden">
                {' '}
                {person.name}, {number}
              </span>
            </a>
          ))}
        {person.email !== undefined && (
          <a class="button" href={`mailto:${person.email}`}>
            <Icon name="share" />
            {w().email}
          </a>
        )}
      </div>
      {(person.rakel ?? person.address ?? person.notes) !== undefined && (
        <dl class="facts-list">
          {person.rakel !== undefined && (
            <div>
              <dt>Rakel</dt>
              <dd>{person.rakel}</dd>
            </div>
          )}
          {person.address !== undefined && (
            <div>
              <dt>{w().address}</dt>
              <dd>{person.address}</dd>
            </div>
          )}
          {person.notes !== undefined && (
            <div>
              <dt>{w().notes}</dt>
              <dd>{person.notes}</dd>
            </div>
          )}
        </dl>
      )}
      {person.private === true && (
        <p>
          <span class="tag due">{w().privateNumber}</span>
        </p>
      )}
    </section>
  );
}

/** When somebody last rang and got an answer; what is older than its interval is said in months, not hidden. */
export function Confirmed({ person, fn, long = false }: { person: Person; fn: ContactFunction; long?: boolean }) {
  if (person.verified === undefined) return fn.kind === 'public' ? null : <small class="light strong">{w().neverConfirmed}</small>;
  const old = daysSince(person.verified) > (person.interval_days ?? library.value?.manifest.organisation.contact_days ?? 365);
  if (old) return <small class="light strong">{w().confirmed(ago(person.verified))}</small>;
  return (
    <small>
      {w().confirmed(date(person.verified))}
      {long && person.verified_by !== undefined ? `, ${person.verified_by}` : ''}
    </small>
  );
}
