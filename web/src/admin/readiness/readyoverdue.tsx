/* What somebody should have looked at by now, each with the way to it. One rule: a list that is empty says so; it is the good news. */
import type { ComponentChildren } from 'preact';
import { ago, date } from '../../parts/clock';
import { Icon } from '../../parts/icon';
import { t } from '../../parts/words';
import type { BareRole, Overdue } from '../phones/board';
import { deskTo } from '../desk';
import { r } from '../text/readiness';

const SHOWN = 6;

/** `contacts`: how many there are. Of nobody it is not said that all is well. */
export function ReadyOverdue({ overdue, contacts }: { overdue: Overdue; contacts: number }) {
  const none = contacts === 0;
  return (
    <section class="stack" aria-labelledby="overdue">
      <h2 id="overdue">{r().overdue}</h2>
      <div class="overdue">
        <Group title={r().checklists} fine={r().checklistsFine} count={overdue.checklists_count} room={deskTo('checklistor')}>
          {overdue.checklists.slice(0, SHOWN).map(each => (
            <Item
              key={each.id}
              href={deskTo('checklistor', each.id)}
              words={`${t(each.title)} v${each.version}`}
              more={`${ago(each.review_by)}, ${each.owner}`}
            />
          ))}
        </Group>
        <Group title={r().contacts} fine={none ? r().contactsNone : r().contactsFine} none={none} count={overdue.contacts_count} room={deskTo('kontakter')}>
          {overdue.contacts.slice(0, SHOWN).map(each => (
            <Item key={each.person} href={deskTo('kontakter', each.function)} words={`${t(each.title)}: ${each.name}`} more={sayConfirmed(each.verified)} />
          ))}
        </Group>
        <Group
          title={r().roles}
          fine={none ? r().rolesNone : r().rolesFine}
          none={none}
          count={overdue.roles_without_holder.length + overdue.roles_without_deputy.length}
          room={deskTo('kontakter')}
        >
          {overdue.roles_without_holder.slice(0, SHOWN).map(role => (
            <Role key={role.id} role={role} more={r().withoutHolder} />
          ))}
          {overdue.roles_without_deputy.slice(0, Math.max(0, SHOWN - overdue.roles_without_holder.length)).map(role => (
            <Role key={role.id} role={role} more={r().withoutDeputy} />
          ))}
        </Group>
      </div>
    </section>
  );
}

interface GroupProps {
  title: string;
  fine: string;
  /** There is nothing to be well: `fine` says so. */
  none?: boolean;
  count: number;
  room: string;
  children: ComponentChildren;
}

function Group({ title, fine, none = false, count, room, children }: GroupProps) {
  return (
    <div class="box">
      <h3>
        {title}
        {count > 0 && <span class="tag due">{count}</span>}
      </h3>
      {count === 0 ? (
        <p class={none ? undefined : 'state good'}>
          {!none && <Icon name="check" />}
          {fine}
        </p>
      ) : (
        <ul>{children}</ul>
      )}
      {none && <a href={room}>{r().toContacts}</a>}
      {count > SHOWN && <a href={room}>{r().andMore(count - SHOWN)}</a>}
    </div>
  );
}

function Item({ href, words, more }: { href: string; words: string; more: string }) {
  return (
    <li>
      <a href={href}>
        {words}
        <small>{more}</small>
      </a>
    </li>
  );
}

function Role({ role, more }: { role: BareRole; more: string }) {
  return <Item href={role.function === null ? deskTo('kontakter') : deskTo('kontakter', role.function)} words={t(role.title)} more={more.toLowerCase()} />;
}

export function sayConfirmed(verified: string | null): string {
  if (verified === null || Number.isNaN(Date.parse(verified))) return r().neverConfirmed;
  return r().confirmed(date(verified));
}
