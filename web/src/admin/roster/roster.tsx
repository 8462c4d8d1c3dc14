/* The duty roster as a calendar of weeks. One rule: where nobody is on duty, or two are, it is said in words in the very cell; a swap is two taps and can be undone. */
import { useState } from 'preact/hooks';
import type { Shift } from '../../core/roster';
import { now } from '../../state';
import { announce } from '../../parts/announce';
import { Icon } from '../../parts/icon';
import { path } from '../../parts/route';
import { t } from '../../parts/words';
import { put, type Refused } from '../ask';
import { deskTo, useFetched } from '../desk';
import { Coming, Desk } from '../deskframe';
import { RosterFile } from './rosterfile';
import { RosterPanel, type Chosen, type Taking } from './rosterpanel';
import { RosterTable } from './rostertable';
import { dateOf, type RosterView } from './rosterviews';
import { why } from '../text/frame';
import { r } from '../text/roster';
import { byFunction, cellOf, changeOf, undoing, weeksFrom } from './weeks';
import '../look/roster.css';

const WEEKS = 12;
const OLD_DAYS = 45;
const DAY_MS = 86_400_000;

interface Told {
  words: string;
  /** The shifts as they were: what undoing brings back. */
  before: Shift[] | null;
}

export function RosterScreen() {
  const view = useFetched<RosterView>('roster');
  const [skip, setSkip] = useState(0);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [told, setTold] = useState<Told | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const known = view.value;
  const back = (words: string): void => {
    setTold({ words, before: null });
    void view.again();
  };
  if (path.value[3] === 'fil') return <RosterFile functions={known?.functions ?? []} onDone={back} />;
  if (known === null)
    return (
      <Desk room="jour" title={r().title}>
        <Coming of={view} />
      </Desk>
    );
  const change = async (changes: object[], words: string, before: Shift[] | null): Promise<void> => {
    setRefused(null);
    const got = await put<RosterView>('roster/shifts', { mark: known.mark, changes });
    if (!got.ok) {
      setRefused(got);
      setTold(null);
      announce(why(got, r().refused));
      if (got.code === 'conflict') {
        setChosen(null);
        await view.again();
      }
      return;
    }
    view.set(got.value);
    setChosen(null);
    setTold({ words, before });
    announce(words);
    toTable();
  };
  const close = (): void => {
    setChosen(null);
    toTable();
  };
  const take = ({ changes, who, fn }: Taking): Promise<void> =>
    change(changes, who === null ? r().removed(chosen?.piece?.shift.name ?? '') : r().swappedTo(who, fn), known.shifts);
  return (
    <Desk
      room="jour"
      title={r().title}
      wide
      sub={known.mark === '' ? undefined : r().sub(dateOf(known.made), known.by, dateOf(Math.max(0, ...known.shifts.map(({ to }) => to))))}
      aside={
        known.functions.length > 0 && (
          <>
            <a class="button" href={deskTo('jour', 'fil')}>
              {r().fromFile}
            </a>
            <button onClick={() => setChosen({ fn: null, piece: null, from: null, to: null })}>
              <Icon name="plus" />
              {r().addShift}
            </button>
          </>
        )
      }
    >
      {told !== null && (
        <p class="note roster-told" role="status">
          <Icon name="check" class="good" />
          <span class="grow">{told.words}</span>
          {told.before !== null && <button onClick={() => void change(undoing(told.before ?? [], known.shifts), r().undone, null)}>{r().undo}</button>}
        </p>
      )}
      {refused !== null && (
        <p class="note wrong" role="alert">
          <Icon name="warn" />
          <span>{why(refused, r().refused)}</span>
        </p>
      )}
      {chosen !== null && (
        <RosterPanel key={JSON.stringify([chosen.fn, chosen.piece?.index, chosen.from])} chosen={chosen} view={known} onTake={take} onClose={close} />
      )}
      {known.shifts.length === 0 ? <Empty functions={known.functions.length} /> : <Calendar view={known} skip={skip} onSkip={setSkip} onChoose={setChosen} />}
    </Desk>
  );
}

/** The panel is gone, and with it where the Tab key was. */
function toTable(): void {
  document.querySelector<HTMLElement>('.roster')?.focus({ preventScroll: true });
}

interface CalendarProps {
  view: RosterView;
  /** Weeks from this one. */
  skip: number;
  onSkip: (skip: number) => void;
  onChoose: (chosen: Chosen) => void;
}

function Calendar({ view, skip, onSkip, onChoose }: CalendarProps) {
  const weeks = weeksFrom(now.value, changeOf(view.shifts), WEEKS, skip);
  const found = byFunction(view.shifts);
  const rows = [
    ...view.functions.filter(({ id }) => found.has(id)).map(({ id, title }) => ({ id, title: t(title) })),
    ...[...found.keys()].filter(id => view.functions.every(each => each.id !== id)).map(id => ({ id, title: id })),
  ].map(row => {
    const pieces = found.get(row.id) ?? [];
    return { ...row, planned: Math.max(...pieces.map(({ to }) => to)), cells: weeks.map(week => cellOf(pieces, week)) };
  });
  const coming = weeks.map(({ to }, at) => ({ at, to })).filter(({ to }) => to > now.value);
  const holes = coming.filter(({ at }) => rows.some(({ planned, cells }) => cells[at]?.holes.some(({ from }) => from < planned) === true)).length;
  const doubles = coming.filter(({ at }) => rows.some(({ cells }) => cells[at]?.double === true)).length;
  const last = Math.max(...view.shifts.map(({ to }) => to));
  const days = Math.floor((now.value - view.made) / DAY_MS);
  return (
    <>
      {last <= now.value && <Warning words={r().ended} />}
      {days > OLD_DAYS && <Warning words={r().old(days)} />}
      <div class="row wrap">
        <p class={`roster-state grow ${holes + doubles > 0 ? 'strong light' : 'good'}`}>
          <Icon name={holes + doubles > 0 ? 'warn' : 'check'} /> {holes + doubles > 0 ? r().notice(holes, doubles) : r().allHeld}
        </p>
        <div class="deeds">
          <button onClick={() => onSkip(skip - WEEKS)} aria-label={r().earlier}>
            <Icon name="left" />
          </button>
          {skip !== 0 && <button onClick={() => onSkip(0)}>{r().thisWeek}</button>}
          <button onClick={() => onSkip(skip + WEEKS)} aria-label={r().later}>
            <Icon name="right" />
          </button>
        </div>
      </div>
      <RosterTable weeks={weeks} rows={rows} onChoose={onChoose} />
    </>
  );
}

function Warning({ words }: { words: string }) {
  return (
    <p class="note warn">
      <Icon name="warn" />
      <span>{words}</span>
    </p>
  );
}

function Empty({ functions }: { functions: number }) {
  return (
    <section class="box">
      <h2>{r().none}</h2>
      <p>{functions === 0 ? r().noneContacts : r().noneWhat}</p>
      <div>
        <a class="button main-deed" href={functions === 0 ? deskTo('kontakter') : deskTo('jour', 'fil')}>
          {functions === 0 ? r().toContacts : r().fromFile}
        </a>
      </div>
    </section>
  );
}
