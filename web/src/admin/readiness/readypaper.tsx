/* The board as one page for the next management meeting. One rule: it is one page of A4, however many there are; what does not fit is counted. */
import type { ComponentChildren } from 'preact';
import { date } from '../../parts/clock';
import { t } from '../../parts/words';
import { now } from '../../state';
import { inOrderOfNeed, type Board, type Day } from '../phones/board';
import { ReadyFigures } from './readyfigures';
import { sayConfirmed } from './readyoverdue';
import { Plot } from './readyplot';
import { moment, sayReasons } from '../phones/readysaid';
import { me } from '../state';
import { r } from '../text/readiness';

const MOST_LACKING = 10;
/** Of names, letters: five lines. */
const MOST_LETTERS = 430;
const MOST_OVERDUE = 3;
/** The page's width inside its margins, CSS pixels. */
const WIDTH = 680;
const HEIGHT = 130;

export function ReadyPaper({ board, days }: { board: Board; days: readonly Day[] }) {
  const { figures, leaders, overdue, manifest } = board;
  const none = figures.contacts === 0;
  const ordered = inOrderOfNeed(leaders);
  const [lacking, ready] = [ordered.filter(leader => !leader.ready), ordered.filter(leader => leader.ready)];
  const roles = [
    ...overdue.roles_without_holder.map(role => `${t(role.title)}, ${r().withoutHolder.toLowerCase()}`),
    ...overdue.roles_without_deputy.map(role => `${t(role.title)}, ${r().withoutDeputy.toLowerCase()}`),
  ];
  return (
    <div class="paper-page">
      <div class="paper-head">
        <p>
          <b>{me.value?.organisation.name}</b> · Stormlykta
        </p>
        <p>{r().printed(date(now.value))}</p>
      </div>
      <h2 class="paper-title">
        {r().title}: {r().verdict(figures.ready, figures.leaders)}
      </h2>
      <p class="small">
        {r().readyMeans} {r().asOf(date(manifest.built))}
      </p>
      <ReadyFigures figures={figures} />
      <h3>
        {r().notReadyList} ({lacking.length})
      </h3>
      {lacking.length === 0 ? (
        <p>{r().nobody}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{r().leader}</th>
              <th scope="col">{r().missing}</th>
              <th scope="col">{r().seen}</th>
            </tr>
          </thead>
          <tbody>
            {lacking.slice(0, MOST_LACKING).map(leader => (
              <tr key={leader.member}>
                <th scope="row">{leader.name}</th>
                <td>{sayReasons(leader)}</td>
                <td>{leader.phones[0] === undefined ? '–' : moment(leader.phones[0].seen)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {lacking.length > MOST_LACKING && <p>{r().andMore(lacking.length - MOST_LACKING)}</p>}
      <h3>
        {r().readyList} ({ready.length})
      </h3>
      <p>{ready.length === 0 ? r().nobody : named(ready.map(leader => leader.name))}</p>
      <div class="paper-columns">
        <Few title={r().checklists} fine={r().checklistsFine} count={overdue.checklists_count}>
          {overdue.checklists.slice(0, MOST_OVERDUE).map(each => (
            <li key={each.id}>
              {t(each.title)} v{each.version}, {date(each.review_by)}
            </li>
          ))}
        </Few>
        <Few title={r().contacts} fine={none ? r().contactsNone : r().contactsFine} count={overdue.contacts_count}>
          {overdue.contacts.slice(0, MOST_OVERDUE).map(each => (
            <li key={each.person}>
              {each.name}, {sayConfirmed(each.verified)}
            </li>
          ))}
        </Few>
        <Few title={r().roles} fine={none ? r().rolesNone : r().rolesFine} count={roles.length}>
          {roles.slice(0, MOST_OVERDUE).map(each => (
            <li key={each}>{each}</li>
          ))}
        </Few>
      </div>
      <h3>
        {r().year}: {r().measure.ready.toLowerCase()}
      </h3>
      <Plot days={days} measure="ready" width={WIDTH} height={HEIGHT} />
    </div>
  );
}

function named(names: readonly string[]): string {
  let letters = 0;
  const shown = names.filter(name => (letters += name.length + 2) <= MOST_LETTERS);
  const rest = names.length - shown.length;
  return `${shown.join(', ')}${rest > 0 ? ` ${r().andMore(rest)}` : ''}.`;
}

function Few({ title, fine, count, children }: { title: string; fine: string; count: number; children: ComponentChildren }) {
  return (
    <div>
      <h3>
        {title} ({count})
      </h3>
      {count === 0 ? <p>{fine}</p> : <ul>{children}</ul>}
      {count > MOST_OVERDUE && <p>{r().andMore(count - MOST_OVERDUE)}</p>}
    </div>
  );
}
