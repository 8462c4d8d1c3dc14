/* A figure over the year, as a line. One rule: what is not counted is a gap, never a guess; and the same numbers stand in a table beside it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { date } from '../../parts/clock';
import { Chips } from '../../parts/note';
import { w } from '../../parts/words';
import { MEASURES, linesOf, monthsOf, monthStarts, percentOf, type Day, type Measure } from '../phones/board';
import { sayFigure } from './readyfigures';
import { r } from '../text/readiness';

const HEIGHT = 220;
const LEFT = 56;
const BOTTOM = 28;
const TOP = 12;
const RIGHT = 14;
const NARROW = 480;

export function ReadyYear({ days }: { days: readonly Day[] }) {
  const [measure, setMeasure] = useState<Measure>('ready');
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (frame.current === null) return undefined;
    const watch = new ResizeObserver(entries => setWidth(Math.floor(entries[0]?.contentRect.width ?? 0)));
    watch.observe(frame.current);
    return () => watch.disconnect();
  }, []);
  return (
    <section class="stack">
      <h2 id="year">{r().year}</h2>
      <Chips label={r().plotOf} chosen={measure} of={MEASURES.map(each => [each, r().measure[each]] as const)} onChoose={setMeasure} />
      <div class="box">
        <div ref={frame} class="plot-frame">
          {width > 0 && <Plot days={days} measure={measure} width={width} />}
        </div>
        {days.length < 14 && <p class="small">{r().plotYoung}</p>}
        <details>
          <summary class="inline-link">{r().asTable}</summary>
          <div class="table" tabIndex={0} role="region" aria-labelledby="year">
            <YearTable days={days} />
          </div>
        </details>
      </div>
    </section>
  );
}

/** `width` in pixels, so that its words are as large as all others. */
export function Plot({ days, measure, width, height = HEIGHT }: { days: readonly Day[]; measure: Measure; width: number; height?: number }) {
  const last = days.at(-1);
  if (last === undefined) return null;
  const x = (at: number): number => LEFT + at * (width - LEFT - RIGHT);
  const y = (percent: number): number => TOP + (1 - percent / 100) * (height - TOP - BOTTOM);
  const lines = linesOf(days, measure, last.day);
  const end = lines.at(-1)?.at(-1);
  const title = r().plotTitle(r().measure[measure], sayFigure(last.figures, measure));
  return (
    <svg class="plot" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={title}>
      {[0, 50, 100].map(percent => (
        <g key={percent}>
          <line class="rule" x1={LEFT} x2={width - RIGHT} y1={y(percent)} y2={y(percent)} />
          <text x={LEFT - 8} y={y(percent) + 5} text-anchor="end">
            {r().percent(percent)}
          </text>
        </g>
      ))}
      {monthStarts(last.day).map(({ at, month }, index) => (
        <g key={month}>
          <line class="tick" x1={x(at)} x2={x(at)} y1={y(0)} y2={y(0) + 5} />
          {(width > NARROW || index % 3 === 0) && x(at) < width - 48 && (
            <text x={x(at)} y={height - 4}>
              {(w().months[month] ?? '').slice(0, 3)}
            </text>
          )}
        </g>
      ))}
      {lines.map((line, at) => {
        const points = line.map(({ at: where, percent }) => `${x(where).toFixed(1)} ${y(percent).toFixed(1)}`);
        const [from, to] = [line[0], line.at(-1)];
        return (
          <g key={at}>
            {from !== undefined && to !== undefined && <path class="area" d={`M${x(from.at)} ${y(0)}L${points.join('L')}L${x(to.at)} ${y(0)}Z`} />}
            <path class="line" d={`M${points.join('L')}`} />
          </g>
        );
      })}
      {end !== undefined && <circle class="end" cx={x(end.at)} cy={y(end.percent)} r={6} />}
    </svg>
  );
}

function YearTable({ days }: { days: readonly Day[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{r().day}</th>
          {MEASURES.map(measure => (
            <th key={measure} scope="col">
              {r().measure[measure]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {monthsOf(days).map(({ day, figures }) => (
          <tr key={day}>
            <th scope="row">{date(day)}</th>
            {MEASURES.map(measure => (
              <td key={measure} class="number">
                {percentOf(figures, measure) === null ? '–' : sayFigure(figures, measure)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
