/* What a file would change, shift by shift, faults first. One rule: every row that will not do has its number, what stands there, and why. */
import { useState } from 'preact/hooks';
import { Icon, type Drawing } from '../../parts/icon';
import { t } from '../../parts/words';
import { moment, type DutyFunction, type Fate, type PlanRow, type PlanView } from './rosterviews';
import { r } from '../text/roster';

const STEP = 100;
const ICONS: Record<Fate, Drawing> = { new: 'plus', changed: 'pen', removed: 'minus', unchanged: 'check', faulty: 'warn' };

interface RosterPlanProps {
  plan: PlanView;
  functions: readonly DutyFunction[];
  busy: boolean;
  onReadIn: () => void;
}

export function RosterPlan({ plan, functions, busy, onReadIn }: RosterPlanProps) {
  const faults = plan.rows.filter(({ fate }) => fate === 'faulty');
  const rows = plan.rows.filter(({ fate }) => fate !== 'faulty');
  const { counts } = plan;
  const changes = counts.new + counts.changed + counts.removed;
  const titles = new Map(functions.map(({ id, title }) => [id, t(title)]));
  const any = changes + counts.unchanged > 0;
  return (
    <>
      {plan.told.map(([row, words, stops], at) => (
        <p key={at} class={stops ? 'note wrong' : 'note warn'} role={stops ? 'alert' : undefined}>
          <Icon name="warn" />
          <span>
            {row > 0 && `${r().row(row)}: `}
            {t(words)}
          </span>
        </p>
      ))}
      {!plan.stops && (
        <div class="figures roster-figures" role="status">
          {(Object.keys(ICONS) as Fate[]).map(fate => (
            <div key={fate} class={fate === 'faulty' && counts.faulty > 0 ? 'box roster-faulty' : 'box'}>
              <small>
                <Icon name={ICONS[fate]} /> {r().counts[fate]}
              </small>
              <b>{counts[fate]}</b>
            </div>
          ))}
        </div>
      )}
      {faults.length > 0 && <Faults faults={faults} />}
      {!plan.stops && any && (
        <div class="stack">
          {changes === 0 && <p>{r().nothing}</p>}
          {faults.length > 0 && <p>{r().restWhat}</p>}
          <div>
            <button class="main-deed" disabled={busy} onClick={onReadIn}>
              {faults.length > 0 ? r().readRest(faults.length) : r().readIn(changes)}
            </button>
          </div>
        </div>
      )}
      {rows.length > 0 && <Rows rows={rows} titles={titles} />}
    </>
  );
}

function Faults({ faults }: { faults: readonly PlanRow[] }) {
  const [drawn, setDrawn] = useState(STEP);
  return (
    <section class="box">
      <h2>{r().faultyTitle(faults.length)}</h2>
      <ul class="stack tight">
        {faults.slice(0, drawn).map((fault, at) => (
          <li key={at} class="roster-fault">
            <b>{r().row(fault.row)}</b>
            <div>
              {fault.why.map((words, n) => (
                <p key={n}>{t(words)}</p>
              ))}
              {fault.text !== '' && <code>{fault.text}</code>}
            </div>
          </li>
        ))}
      </ul>
      <More all={faults.length} drawn={drawn} onMore={setDrawn} />
    </section>
  );
}

function Rows({ rows, titles }: { rows: readonly PlanRow[]; titles: ReadonlyMap<string, string> }) {
  const [drawn, setDrawn] = useState(STEP);
  const words = r().table;
  return (
    <section class="stack tight">
      <h2>{r().planTitle}</h2>
      <div class="table roster-plan" role="region" aria-label={r().planTitle} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.fate}</th>
              <th scope="col">{words.fn}</th>
              <th scope="col">{words.who}</th>
              <th scope="col">{words.when}</th>
              <th scope="col">{words.why}</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, drawn).map((row, at) => (
              <tr key={at}>
                <td class="roster-fate">
                  <Icon name={ICONS[row.fate]} />
                  {r().fates[row.fate]}
                </td>
                <td>{titles.get(row.function) ?? row.function}</td>
                <td>
                  {row.fate === 'removed' ? <del>{row.name}</del> : <b>{row.name}</b>}
                  {row.before !== '' && <small> {r().instead(row.before)}</small>}
                </td>
                <td>
                  <span class="roster-time">{moment(row.from)}–</span>
                  <span class="roster-time">{moment(row.to)}</span>
                </td>
                <td>
                  {row.why.map((each, n) => (
                    <small key={n}>{t(each)} </small>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <More all={rows.length} drawn={drawn} onMore={setDrawn} />
    </section>
  );
}

function More({ all, drawn, onMore }: { all: number; drawn: number; onMore: (drawn: number) => void }) {
  if (all <= drawn) return null;
  return (
    <div>
      <button onClick={() => onMore(drawn + STEP)}>{r().more(Math.min(STEP, all - drawn))}</button>
    </div>
  );
}
