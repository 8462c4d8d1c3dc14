/* People with a tick each, searched among when they are many. One rule: who has a phone already is told, and not ticked by "all". */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { plain } from '../../core/search';
import { SearchBox } from '../../parts/note';
import { v } from '../text/inviting';
import { m } from '../text/members';

const PAGE = 100;
const MANY = 15;

export interface Invitee {
  name: string;
  email: string;
}
/** What a way of choosing is given: the key is the page's, the list its own. */
export interface Choosing {
  /** Under the list: roles, and the key that says how many. */
  foot: (people: readonly Invitee[]) => ComponentChildren;
}
export interface Ticked {
  key: string;
  name: string;
  email: string;
  /** Under the name. */
  more: string;
  member: string | null;
  phones: number;
}

interface InviteTicksProps {
  title: string;
  rows: readonly Ticked[];
  chosen: ReadonlySet<string>;
  onChosen: (chosen: ReadonlySet<string>) => void;
}

export function InviteTicks({ title, rows, chosen, onChosen }: InviteTicksProps) {
  const [sought, setSought] = useState('');
  const [drawn, setDrawn] = useState(PAGE);
  const words = plain(sought).split(/\s+/).filter(Boolean);
  const found = rows.filter(row => words.every(word => plain(`${row.name} ${row.more}`).includes(word)));
  const tick = (key: string, on: boolean): void => {
    const next = new Set(chosen);
    if (on) next.add(key);
    else next.delete(key);
    onChosen(next);
  };
  return (
    <section class="stack" aria-label={title}>
      <div class="row wrap">
        <h2 class="grow">{title}</h2>
        <p role="status">{v().chosen(chosen.size)}</p>
      </div>
      {rows.length > MANY && <SearchBox value={sought} label={v().searchContacts} onInput={setSought} />}
      <div class="deeds">
        <button type="button" onClick={() => onChosen(new Set([...chosen, ...found.filter(row => row.phones === 0).map(row => row.key)]))}>
          {v().chooseAll}
        </button>
        <button type="button" onClick={() => onChosen(new Set())}>
          {v().chooseNone}
        </button>
      </div>
      <ul class="list ticks">
        {found.slice(0, drawn).map(row => (
          <li key={row.key}>
            <label>
              <input type="checkbox" checked={chosen.has(row.key)} onChange={event => tick(row.key, event.currentTarget.checked)} />
              <span class="grow">
                {row.name}
                {row.more !== '' && <small>{row.more}</small>}
              </span>
              <small class={row.member === null ? 'tag' : undefined}>{row.member === null ? v().fresh : row.phones > 0 ? v().knownPhone : v().known}</small>
            </label>
          </li>
        ))}
      </ul>
      {found.length > drawn && (
        <div>
          <button type="button" onClick={() => setDrawn(drawn + PAGE)}>
            {m().more(Math.min(PAGE, found.length - drawn))}
          </button>
        </div>
      )}
    </section>
  );
}
