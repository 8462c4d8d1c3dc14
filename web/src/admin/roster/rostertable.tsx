/* The weeks: rows functions, columns weeks. One rule: a week that one person holds is one name; all else says from when to when. */
import { useState } from 'preact/hooks';
import { now } from '../../state';
import { Icon } from '../../parts/icon';
import type { Chosen } from './rosterpanel';
import { dateOf, inWeek, moment } from './rosterviews';
import { r } from '../text/roster';
import type { Cell, Piece, Week } from './weeks';

interface Row {
  id: string;
  title: string;
  /** When its last shift ends: what comes after is not planned yet, and no hole. */
  planned: number;
  cells: Cell[];
}
interface RosterTableProps {
  weeks: readonly Week[];
  rows: readonly Row[];
  onChoose: (chosen: Chosen) => void;
}
const STEP = 100;

export function RosterTable({ weeks, rows, onChoose }: RosterTableProps) {
  const [drawn, setDrawn] = useState(STEP);
  return (
    <>
      <div class="table roster" role="region" aria-label={r().region} tabIndex={0}>
        <table>
          <caption class="hidden">{r().caption}</caption>
          <thead>
            <tr>
              <th scope="col">{r().fn}</th>
              {weeks.map(week => (
                <th key={week.from} scope="col" class={isNow(week) ? 'roster-now' : undefined}>
                  {r().week(week.number)} {isNow(week) && <span class="tag due">{r().now}</span>}
                  <small>{r().span(dateOf(week.from), dateOf(week.to))}</small>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, drawn).map(row => (
              <tr key={row.id}>
                <th scope="row">{row.title}</th>
                {weeks.map((week, at) => {
                  const cell = row.cells[at];
                  return (
                    <td key={week.from} class={isNow(week) ? 'roster-now' : undefined}>
                      {cell !== undefined && <WeekCell week={week} cell={cell} row={row} onChoose={onChoose} />}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > drawn && (
        <div>
          <button onClick={() => setDrawn(drawn + STEP)}>{r().more(Math.min(STEP, rows.length - drawn))}</button>
        </div>
      )}
    </>
  );
}

interface WeekProps {
  week: Week;
  cell: Cell;
  row: Row;
  onChoose: (chosen: Chosen) => void;
}

function WeekCell({ week, cell, row, onChoose }: WeekProps) {
  const past = week.to <= now.value;
  return (
    <div class={past ? 'roster-cell past' : 'roster-cell'}>
      {cell.double && (
        <span class="tag late">
          <Icon name="warn" />
          {r().double}
        </span>
      )}
      {cell.pieces.map(piece => (
        <button
          key={piece.index}
          class={piece.shift.person === undefined ? 'roster-shift stranger' : 'roster-shift'}
          onClick={() => onChoose({ fn: row.id, piece, from: piece.shift.from, to: piece.shift.to })}
        >
          <b>{piece.shift.name}</b>
          {(part(piece, week) !== '' || piece.shift.swapped === true) && (
            <small>{[part(piece, week), piece.shift.swapped === true ? r().swapped : ''].filter(each => each !== '').join(', ')}</small>
          )}
          <span class="hidden">. {r().openShift(row.title, `${moment(piece.shift.from)}–${moment(piece.shift.to)}`)}</span>
        </button>
      ))}
      {cell.holes.map(hole => (
        <button
          key={hole.from}
          class={hole.from < row.planned ? 'roster-hole' : 'roster-hole later'}
          onClick={() => onChoose({ fn: row.id, piece: null, ...hole })}
        >
          {hole.from < row.planned ? (
            <span>
              <Icon name="warn" /> {r().hole}
            </span>
          ) : (
            <span>{r().unplanned}</span>
          )}
          {(hole.from > week.from || hole.to < week.to) && <small>{r().holeFrom(inWeek(hole.from), inWeek(hole.to))}</small>}
          <span class="hidden">. {r().openHole(row.title, `${moment(hole.from)}–${moment(hole.to)}`)}</span>
        </button>
      ))}
    </div>
  );
}

/** From when to when, where it is not the whole week. */
function part({ from, to }: Piece, week: Week): string {
  if (from > week.from && to < week.to) return `${inWeek(from)}–${inWeek(to)}`;
  if (from > week.from) return r().fromAt(inWeek(from));
  return to < week.to ? r().tillAt(inWeek(to)) : '';
}

function isNow(week: Week): boolean {
  return week.from <= now.value && now.value < week.to;
}
