/* The list of members: searched, narrowed, a hundred at a time. One rule: who can not be reached in a crisis is seen without opening anything. */
import { signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { date } from '../../parts/clock';
import { Icon } from '../../parts/icon';
import { Chips, SearchBox } from '../../parts/note';
import { now } from '../../state';
import { deskTo } from '../desk';
import { Desk } from '../deskframe';
import { byName, findMembers, inUse, isOf, lastHeard, MANY, NEW, SORTS, type Gone, type Member, type People, type Sort } from '../phones/people';
import { moment, sayReason } from '../phones/readysaid';
import { State } from '../phones/phonestate';
import { m } from '../text/members';

const PAGE = 100;
const query = signal('');
const sort = signal<Sort>('all');
const drawn = signal(PAGE);

export function MemberList({ people: { members, gone } }: { people: People }) {
  const found = useMemo(() => byName(findMembers(members, query.value, sort.value)), [members, query.value, sort.value]);
  const phones = members.reduce((sum, member) => sum + inUse(member.phones).length, 0);
  const aside = (
    <>
      <a class="button" href={deskTo('medlemmar', MANY)}>
        {m().inviteMany}
      </a>
      <a class="button main-deed" href={deskTo('medlemmar', NEW)}>
        <Icon name="plus" />
        {m().add}
      </a>
    </>
  );
  return (
    <Desk room="medlemmar" title={m().title} sub={m().sub(members.length, phones)} aside={aside}>
      {members.length === 1 ? (
        <div class="note calm">
          <Icon name="phone" />
          <div>
            <p>
              <b>{m().only}</b>
            </p>
            <p>{m().onlyWhat}</p>
            <a class="button" href={deskTo('medlemmar', MANY)}>
              {m().inviteMany}
            </a>
          </div>
        </div>
      ) : (
        <>
          <SearchBox value={query.value} label={m().search} onInput={words => ((query.value = words), (drawn.value = PAGE))} />
          <Chips
            label={m().narrow}
            chosen={sort.value}
            of={SORTS.map(each => [each, `${m().sort[each]} ${members.filter(member => isOf(each, member)).length}`] as const)}
            onChoose={each => ((sort.value = each), (drawn.value = PAGE))}
          />
        </>
      )}
      {found.length === 0 ? (
        <p>{m().nobody}</p>
      ) : (
        <div class="table member-table" tabIndex={0} role="region" aria-label={m().title}>
          <table>
            <thead>
              <tr>
                <th scope="col">{m().name}</th>
                <th scope="col">{m().phone}</th>
                <th scope="col">{m().roles}</th>
                <th scope="col">{m().heard}</th>
              </tr>
            </thead>
            <tbody>
              {found.slice(0, drawn.value).map(member => (
                <Row key={member.id} member={member} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {found.length > drawn.value && (
        <div>
          <button onClick={() => (drawn.value += PAGE)}>{m().more(Math.min(PAGE, found.length - drawn.value))}</button>
        </div>
      )}
      {gone.length > 0 && <Removed gone={gone} />}
    </Desk>
  );
}

function Row({ member }: { member: Member }) {
  const heard = lastHeard(member);
  return (
    <tr>
      <th scope="row">
        <a href={deskTo('medlemmar', member.id)}>{member.name}</a>
        {member.email !== null && <small>{member.email}</small>}
      </th>
      <td>
        <PhoneState member={member} />
      </td>
      <td>{sayRoles(member)}</td>
      <td class="whole-words">{heard === null ? m().never : moment(heard)}</td>
    </tr>
  );
}

export function sayRoles({ roles }: Member): string {
  return roles.map((role, at) => (at === 0 ? m().role[role] : m().role[role].toLowerCase())).join(', ');
}

/** Of the phone that lacks least; the server tells them with the last seen first. */
function PhoneState({ member }: { member: Member }) {
  const [best, ...others] = inUse(member.phones).sort((a, b) => a.reasons.length - b.reasons.length);
  if (best === undefined) {
    if (!member.roles.includes('leader')) return <small>{m().needsNone}</small>;
    return (
      <>
        <State good={false} words={m().noPhone} />
        <small>{sayInvitation(member)}</small>
      </>
    );
  }
  const good = best.reasons.length === 0;
  return (
    <>
      <State good={good} words={good ? m().ready : best.reasons.map(reason => sayReason(reason, best)).join('\n')} />
      <small>
        {best.name}
        {others.length > 0 && ` ${m().andMore(others.length)}`}
      </small>
    </>
  );
}

/** '' when there is no code that somebody could use, or could have used. */
function sayInvitation({ invitation }: Member): string {
  if (invitation === null || invitation.used !== null) return '';
  return invitation.expires > now.value ? m().invited(date(invitation.expires)) : m().expired(date(invitation.expires));
}

function Removed({ gone }: { gone: readonly Gone[] }) {
  return (
    <details>
      <summary class="inline-link">{m().gone(gone.length)}</summary>
      <ul class="list">
        {gone.map(({ id, name, removed, phones }) => (
          <li key={id} class="gone">
            <h3>
              {name} <small>{m().goneWhat(date(removed))}</small>
            </h3>
            {phones.map(phone => (
              <p key={phone.id} class="small">
                {phone.name}. {phone.seen > removed ? m().goneTold(moment(phone.seen)) : m().goneNotTold}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </details>
  );
}
