/* Checklistor: all of them with their states, found, narrowed and ordered. One rule: five hundred are as easy as five: what must be done is one tap away. */
import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { now } from '../../state';
import { date } from '../../parts/clock';
import { Icon } from '../../parts/icon';
import { Chips, SearchBox } from '../../parts/note';
import { wide } from '../../parts/wide';
import { w } from '../../parts/words';
import { ReviewState, StateLines } from './checkliststate';
import { deskTo, useFetched } from '../desk';
import { Coming, Desk } from '../deskframe';
import { count, dayOf, list, NARROWED, ORDERS, type Narrowed, type Order, type Row } from './listing';
import { k } from '../text/checklists';
import '../look/checklists.css';

const PAGE = 100;
/** What was asked for last, so that the way back leads to the same list. */
const query = signal('');
const narrowed = signal<Narrowed>('all');
const order = signal<Order>('binder');

export function ChecklistsScreen() {
  const fetched = useFetched<{ checklists: Row[] }>('checklists');
  return (
    <Desk
      room="checklistor"
      title={k().title}
      aside={
        <a class="button main-deed" href={deskTo('checklistor', '_ny')}>
          <Icon name="plus" />
          {k().fresh}
        </a>
      }
    >
      {fetched.value === null ? (
        <Coming of={fetched} />
      ) : fetched.value.checklists.length === 0 ? (
        <div class="box">
          <h2>{k().empty}</h2>
          <p>{k().emptyWhat}</p>
        </div>
      ) : (
        <Found rows={fetched.value.checklists} />
      )}
    </Desk>
  );
}

function Found({ rows }: { rows: readonly Row[] }) {
  const [most, setMost] = useState(PAGE);
  const today = dayOf(now.value);
  const found = list(rows, { query: query.value, narrowed: narrowed.value, order: order.value, today });
  const seen = found.slice(0, most);
  const counted = NARROWED.map(each => [each, count(rows, each, today)] as const).filter(
    ([each, n]) => each !== 'withdrawn' || n > 0 || narrowed.value === each,
  );
  return (
    <>
      <div class="list-tools">
        <SearchBox
          value={query.value}
          label={k().search}
          onInput={value => {
            query.value = value;
            setMost(PAGE);
          }}
        />
        <label class="order-by">
          <span class="hidden">{k().orderBy}</span>
          <select value={order.value} onChange={event => (order.value = event.currentTarget.value as Order)}>
            {ORDERS.map(each => (
              <option key={each} value={each}>
                {k().orders[each]}
              </option>
            ))}
          </select>
        </label>
        <Chips
          label={k().narrow}
          chosen={narrowed.value}
          of={counted.map(([each, n]) => [each, k().withCount(k().narrowed[each], n)] as const)}
          onChoose={each => {
            narrowed.value = each;
            setMost(PAGE);
          }}
        />
      </div>
      {found.length === 0 ? <Nothing /> : wide.value ? <Table rows={seen} /> : <Cards rows={seen} />}
      <p class="small" role="status">
        {k().shown(seen.length, found.length)}
      </p>
      {found.length > seen.length && (
        <button type="button" class="more-key" onClick={() => setMost(most + PAGE)}>
          {k().more(Math.min(PAGE, found.length - seen.length))}
        </button>
      )}
    </>
  );
}

function Nothing() {
  const searched = query.value.trim() !== '';
  return (
    <div class="box">
      <p>{searched ? k().noHits(query.value.trim()) : k().noneHere[narrowed.value]}</p>
      <div class="deeds">
        <button
          type="button"
          onClick={() => {
            query.value = '';
            narrowed.value = 'all';
          }}
        >
          {k().showAll}
        </button>
      </div>
    </div>
  );
}

function Table({ rows }: { rows: readonly Row[] }) {
  return (
    <div class="table checklist-table" tabIndex={0} role="region" aria-label={k().title}>
      <table>
        <thead>
          <tr>
            {(['title', 'state', 'review', 'practised'] as const).map(each => (
              <th key={each} scope="col">
                {k().column[each]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.id} class={row.withdrawn === null ? undefined : 'withdrawn'}>
              <th scope="row">
                <a href={deskTo('checklistor', row.id)}>{row.title || k().draftWord}</a>
                <small>
                  {row.kind === 'role-card' ? w().roleCard : w().actionCard} · {row.owner === '' ? k().noOwner : k().ownedBy(row.owner)}
                </small>
              </th>
              <td>
                <StateLines row={row} />
              </td>
              <td>
                <ReviewState row={row} />
              </td>
              <td>{row.version === 0 ? '–' : row.practised === null ? <small>{k().neverPractised}</small> : date(row.practised)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cards({ rows }: { rows: readonly Row[] }) {
  return (
    <ul class="list">
      {rows.map(row => (
        <li key={row.id} class={row.withdrawn === null ? undefined : 'withdrawn'}>
          <a class="row" href={deskTo('checklistor', row.id)}>
            <div class="grow checklist-card">
              <h2>{row.title || k().draftWord}</h2>
              <StateLines row={row} />
              <p class="small">
                <ReviewState row={row} whole />
              </p>
              <p class="small">
                {[
                  row.owner === '' ? k().noOwner : k().ownedBy(row.owner),
                  row.version === 0 ? '' : row.practised === null ? k().neverPractised : k().practised(date(row.practised)),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </div>
            <Icon name="right" />
          </a>
        </li>
      ))}
    </ul>
  );
}
