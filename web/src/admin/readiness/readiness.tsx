/* Beredskap: is the organisation ready tonight? One rule: the answer is the first line and the four figures; the rest says what to do about it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { date } from '../../parts/clock';
import { Icon } from '../../parts/icon';
import type { Board, Day } from '../phones/board';
import { MANY } from '../phones/people';
import { deskTo, useFetched } from '../desk';
import { Coming, Desk } from '../deskframe';
import { ReadyFigures } from './readyfigures';
import { ReadyOverdue } from './readyoverdue';
import { ReadyPaper } from './readypaper';
import { ReadyYear } from './readyplot';
import { ReadyReminder } from './readyreminder';
import { ReadyTable } from './readytable';
import { may } from '../state';
import { r } from '../text/readiness';
import '../look/readiness.css';

/** A board on a wall is looked at without being touched. */
const againMs = 60_000;

export function ReadinessScreen() {
  const board = useFetched<Board>('readiness');
  const history = useFetched<Day[]>('readiness/history');
  const [reminding, setReminding] = useState(false);
  const key = useRef<HTMLButtonElement>(null);
  const asks = useRef(board.again);
  asks.current = board.again;
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && void asks.current(), againMs);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (reminding) document.getElementById('reminder')?.focus();
  }, [reminding]);
  const { value } = board;
  if (value === null)
    return (
      <Desk room="beredskap" title={r().title}>
        <Coming of={board} />
      </Desk>
    );
  const { figures, leaders, overdue, manifest } = value;
  const lacking = figures.leaders - figures.ready;
  const days = history.value ?? [];
  const aside = (
    <>
      <button onClick={() => print()}>
        <Icon name="print" />
        {r().print}
      </button>
      {lacking > 0 && (
        <button ref={key} class="main-deed" aria-expanded={reminding} onClick={() => setReminding(!reminding)}>
          {r().remind(lacking)}
        </button>
      )}
    </>
  );
  return (
    <Desk
      room="beredskap"
      title={r().title}
      sub={leaders.length === 0 && figures.contacts === 0 ? undefined : r().asOf(date(manifest.built))}
      aside={leaders.length > 0 ? aside : undefined}
    >
      {leaders.length === 0 ? (
        <div class="note calm">
          <Icon name="phone" />
          <div>
            <p>
              <b>{r().noLeaders}</b>
            </p>
            <p>{r().noLeadersWhat}</p>
            {figures.contacts === 0 && (
              <p>
                {r().first} <a href={deskTo('checklistor')}>{r().toChecklists}</a> · <a href={deskTo('kontakter')}>{r().toContacts}</a>
              </p>
            )}
            {may('admin') && (
              <a class="button" href={deskTo('medlemmar', MANY)}>
                {r().invite}
              </a>
            )}
          </div>
        </div>
      ) : (
        <div class="stack air no-print">
          <div class={`verdict ${lacking === 0 ? 'good' : 'bad'}`}>
            <Icon name={lacking === 0 ? 'check' : 'warn'} />
            <p class="big">{r().verdict(figures.ready, figures.leaders)}</p>
            <p class="small">{r().readyMeans}</p>
          </div>
          <ReadyFigures figures={figures} />
          {reminding && (
            <ReadyReminder
              leaders={leaders}
              onClose={() => {
                setReminding(false);
                key.current?.focus();
              }}
            />
          )}
          <ReadyTable leaders={leaders} />
        </div>
      )}
      <div class="stack air no-print">
        <ReadyOverdue overdue={overdue} contacts={figures.contacts} />
        {leaders.length > 0 && days.length > 0 && <ReadyYear days={days} />}
      </div>
      <ReadyPaper board={value} days={days} />
    </Desk>
  );
}
