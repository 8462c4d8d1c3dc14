/* One shift, or a time without any: who takes it. One rule: a tap on a name is the whole deed; times are asked only of who wants a part. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../../parts/icon';
import { t } from '../../parts/words';
import { fromField, toField } from '../swedishtime';
import { moment, type RosterView } from './rosterviews';
import { r } from '../text/roster';
import type { Piece } from './weeks';

export interface Chosen {
  /** null: to be chosen. */
  fn: string | null;
  /** null: nobody has it. */
  piece: Piece | null;
  from: number | null;
  to: number | null;
}
export interface Taking {
  changes: object[];
  /** null: taken away. */
  who: string | null;
  fn: string;
}
interface RosterPanelProps {
  chosen: Chosen;
  view: RosterView;
  onTake: (taking: Taking) => Promise<void>;
  onClose: () => void;
}
const HOUR_MS = 3_600_000;

export function RosterPanel({ chosen: { fn: given, piece, from, to }, view, onTake, onClose }: RosterPanelProps) {
  const [fn, setFn] = useState(given ?? view.functions[0]?.id ?? '');
  const [part, setPart] = useState(from === null);
  const [start, setStart] = useState(() => toField(from ?? nextHour()));
  const [end, setEnd] = useState(() => toField(to ?? nextHour() + 7 * 24 * HOUR_MS));
  const [other, setOther] = useState('');
  const [busy, setBusy] = useState(false);
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  const known = view.functions.find(({ id }) => id === fn);
  const title = known === undefined ? fn : t(known.title);
  const times = { from: (part ? fromField(start) : from) ?? 0, to: (part ? fromField(end) : to) ?? 0 };
  const whole = piece !== null && times.from === piece.shift.from && times.to === piece.shift.to;
  const take = async (who: { person?: string; name: string }): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const added = { do: 'add', function: fn, ...who, ...times, instead: piece !== null };
    await onTake({ changes: [whole ? { do: 'swap', shift: piece.index, ...who } : added], who: who.name, fn: title });
    setBusy(false);
  };
  const persons = known?.persons.filter(({ id }) => !whole || id !== piece.shift.person) ?? [];
  return (
    <section class="box lit roster-panel" aria-labelledby="roster-panel">
      <div class="row">
        <h2 id="roster-panel" tabIndex={-1} ref={head} class="grow">
          {piece !== null ? r().swapTitle(piece.shift.name) : given === null ? r().addTitle : r().fillTitle}
        </h2>
        <button aria-label={r().close} onClick={onClose}>
          <Icon name="cross" />
        </button>
      </div>
      {given === null ? (
        <label class="field">
          <span>{r().chooseFn}</span>
          <select value={fn} onChange={event => setFn(event.currentTarget.value)}>
            {view.functions.map(each => (
              <option key={each.id} value={each.id}>
                {t(each.title)}
              </option>
            ))}
          </select>
        </label>
      ) : (
        <p class="small">
          {title}
          {from !== null && to !== null && `, ${moment(from)}–${moment(to)}`}
        </p>
      )}
      {given !== null && (
        <label class="tick">
          <input type="checkbox" checked={part} onChange={event => setPart(event.currentTarget.checked)} />
          <span>{r().part}</span>
        </label>
      )}
      {part && (
        <div class="fields">
          <label class="field">
            <span>{r().from}</span>
            <input type="datetime-local" value={start} onInput={event => setStart(event.currentTarget.value)} />
          </label>
          <label class="field">
            <span>{r().to}</span>
            <input type="datetime-local" value={end} onInput={event => setEnd(event.currentTarget.value)} />
          </label>
        </div>
      )}
      <p class="label" id="roster-choose">
        {r().choosePerson}
      </p>
      <div class="deeds" role="group" aria-labelledby="roster-choose">
        {persons.map(({ id, name }) => (
          <button key={id} class="roster-name" disabled={busy} onClick={() => void take({ person: id, name })}>
            {name}
          </button>
        ))}
      </div>
      <details>
        <summary>{r().others}</summary>
        <form
          class="row wrap roster-other"
          onSubmit={event => {
            event.preventDefault();
            if (other.trim() !== '') void take({ ...found(view, other), name: other.trim() });
          }}
        >
          <label class="field grow">
            <span>{r().othersName}</span>
            <input list="roster-people" value={other} maxLength={120} onInput={event => setOther(event.currentTarget.value)} />
            <small>{r().othersWhat}</small>
          </label>
          <button disabled={busy}>{r().take}</button>
        </form>
      </details>
      {piece !== null && (
        <div>
          <button class="danger" disabled={busy} onClick={() => void onTake({ changes: [{ do: 'remove', shift: piece.index }], who: null, fn: title })}>
            {r().removeShift}
          </button>
        </div>
      )}
    </section>
  );
}

/** Somebody who stands under another function has a number there. Two of the same name: neither. */
function found(view: RosterView, name: string): { person?: string } {
  const same = view.functions.flatMap(({ persons }) => persons.filter(person => person.name.toLowerCase() === name.trim().toLowerCase()));
  return same.length === 1 && same[0] !== undefined ? { person: same[0].id } : {};
}

function nextHour(): number {
  return Math.ceil(Date.now() / HOUR_MS) * HOUR_MS;
}
