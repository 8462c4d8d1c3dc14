/* The four figures, drawn so that one look is enough. One rule: a piece that is missing is hollow, so that it is seen without colours. */
import { Icon } from '../../parts/icon';
import { MEASURES, percentOf, type Figures, type Measure } from '../phones/board';
import { r } from '../text/readiness';

/** Up to so many leaders each one is a piece of the strip. */
const COUNTABLE = 40;

export function ReadyFigures({ figures }: { figures: Figures }) {
  return (
    <ul class="figures ready-figures">
      {MEASURES.map(measure => (
        <Figure key={measure} figures={figures} measure={measure} />
      ))}
    </ul>
  );
}

function Figure({ figures, measure }: { figures: Figures; measure: Measure }) {
  const percent = percentOf(figures, measure);
  const state = percent === null ? 'empty' : percent === 100 ? 'whole' : percent >= 75 ? 'most' : percent >= 50 ? 'half' : 'few';
  return (
    <li class={`box ${state}`}>
      <h2>{r().measure[measure]}</h2>
      <p>
        <b>{sayFigure(figures, measure)}</b>
        {percent === 100 && <Icon name="check" class="good" />}
      </p>
      <Strip figures={figures} measure={measure} />
    </li>
  );
}

/** "14 av 16", "91 %" */
export function sayFigure(figures: Figures, measure: Measure): string {
  const percent = percentOf(figures, measure);
  if (percent === null) return r().nothingYet;
  return measure === 'confirmed' ? r().percent(percent) : r().outOf(figures[measure], figures.leaders);
}

function Strip({ figures, measure }: { figures: Figures; measure: Measure }) {
  const countable = measure !== 'confirmed' && figures.leaders > 0 && figures.leaders <= COUNTABLE;
  const pieces = countable ? figures.leaders : 1;
  const width = 400 / pieces;
  const gap = pieces === 1 ? 0 : Math.min(5, width / 4);
  const filled = countable ? (figures[measure as 'ready'] * 400) / pieces : ((percentOf(figures, measure) ?? 0) * 400) / 100;
  return (
    <svg class="strip" viewBox="0 0 400 16" preserveAspectRatio="none" aria-hidden="true">
      {Array.from({ length: pieces }, (_, at) => {
        const full = at * width < filled - 0.5;
        return countable ? (
          <rect key={at} class={full ? 'full' : 'hollow'} x={at * width + gap / 2} y={1} width={width - gap} height={14} />
        ) : (
          <g key={at}>
            <rect class="hollow" x={1} y={1} width={398} height={14} />
            <rect class="full" x={1} y={1} width={Math.max(0, filled - 2)} height={14} />
          </g>
        );
      })}
    </svg>
  );
}
