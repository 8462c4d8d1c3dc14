/* Two texts of one checklist, read as one: what is new, what has gone, what has moved, and the words that changed.
   One rule: every mark is also a word, so that it is read without colours and heard without eyes. */
import type { ComponentChildren } from 'preact';
import type { ChecklistDocument, Language } from '../../core/checklist';
import { t } from '../../parts/words';
import { common, compare, isTouched, markWords, total, type Counts, type FieldChange, type PhaseChange, type StepChange } from './comparing';
import { frontKey, phaseKey, stepKey, type Choices, type Side } from './merging';
import { factsOf, linesOf } from './saying';
import { c } from '../text/comparison';
import '../look/comparison.css';

/** Which of two texts stands, piece by piece; without it the comparison is only read. */
export interface Choosing {
  choices: Choices;
  choose: (key: string, side: Side) => void;
  /** Whose the other text is. */
  name: string;
}
interface ComparisonProps {
  before: ChecklistDocument | null;
  after: ChecklistDocument | null;
  choosing?: Choosing | undefined;
  /** What stands under a step that differs: remarks. */
  beside?: Beside | undefined;
}
type Beside = (step: string, words: string) => ComponentChildren;

export function Comparison({ before, after, choosing, beside }: ComparisonProps) {
  const { front, phases, counts } = compare(before, after);
  if (total(counts) === 0) return <p>{c().same}</p>;
  const titles = new Map([...(after?.phases ?? []), ...(before?.phases ?? [])].map(phase => [phase.id, t(phase.title)]));
  return (
    <div class="comparison stack">
      <p class="strong">{countWords(counts)}</p>
      {front.length > 0 && (
        <section class="box">
          <h2>{c().front}</h2>
          <div class="fields-changed">
            {front.map(change => (
              <Change key={change.field} change={change} choosing={choosing} mergeKey={frontKey(change)} />
            ))}
          </div>
        </section>
      )}
      {phases.map(phase => (
        <Phase key={phase.id} phase={phase} titles={titles} choosing={choosing} beside={beside} />
      ))}
    </div>
  );
}

/** "2 nya, 1 borttagen, 3 ändrade" */
export function countWords(counts: Counts): string {
  const said = (['added', 'removed', 'moved', 'changed'] as const).filter(each => counts[each] > 0).map(each => c().count[each](counts[each]));
  return said.length === 0 ? c().noChanges : said.join(', ');
}

interface PhaseProps {
  phase: PhaseChange;
  titles: ReadonlyMap<string, string>;
  choosing: Choosing | undefined;
  beside: Beside | undefined;
}

function Phase({ phase, titles, choosing, beside }: PhaseProps) {
  const { what, fields, steps } = phase;
  const touched = steps.filter(isTouched);
  const untouched = steps.length - touched.length;
  if (what === 'both' && fields.length === 0 && touched.length === 0)
    return (
      <p class="small as-before">
        {titles.get(phase.id)}: {c().phaseAsBefore.toLowerCase()}
      </p>
    );
  return (
    <section class="box">
      <h2>
        {what !== 'both' && <span class={`tag ${what}`}>{what === 'added' ? c().phaseAdded : c().phaseRemoved}</span>} {titles.get(phase.id)}
      </h2>
      {fields.length > 0 && (
        <div class="fields-changed">
          {fields.map((change, at) => (
            <Change key={change.field} change={change} choosing={at === 0 ? choosing : undefined} mergeKey={phaseKey(phase)} />
          ))}
        </div>
      )}
      <ul class="steps-changed">
        {touched.map(step => (
          <Step key={step.id} step={step} titles={titles} choosing={choosing} beside={beside} />
        ))}
      </ul>
      {untouched > 0 && <p class="small as-before">{c().asBefore(untouched)}</p>}
    </section>
  );
}

function Step({ step, titles, choosing, beside }: Omit<PhaseProps, 'phase'> & { step: StepChange }) {
  const { what, before, after, fields, moved, from } = step;
  const only = what === 'both' ? null : (after ?? before);
  const [text, ...rest] = fields[0]?.field === 'text' ? fields : [null, ...fields];
  const words = after ?? before;
  return (
    <li class={what === 'both' ? 'changed' : what}>
      <p class="facts">
        {what !== 'both' && <span class={`tag ${what}`}>{c()[what]}</span>}
        {what === 'both' && fields.length > 0 && <span class="tag changed">{c().changed}</span>}
        {moved && <span class="tag moved">{from === '' ? c().moved : c().movedFrom(titles.get(from) ?? from)}</span>}
      </p>
      {only !== null ? (
        <>
          <p class="step-words">{what === 'removed' ? <del>{t(only.text) || c().noWords}</del> : <ins>{t(only.text) || c().noWords}</ins>}</p>
          <p class="small">{factsOf(only).join(' · ')}</p>
          {only.why !== undefined && <p class="small">{t(only.why)}</p>}
        </>
      ) : (
        <>
          {text === null || text === undefined ? (
            <p class="step-words">{t(words?.text) || c().noWords}</p>
          ) : (
            (['sv', 'en'] as const).map(
              language => (language === 'sv' || differsIn(text, language)) && <Words key={language} change={text} language={language} class="step-words" />,
            )
          )}
          {rest.length > 0 && (
            <div class="fields-changed">{rest.map(change => change !== undefined && change !== null && <Change key={change.field} change={change} />)}</div>
          )}
        </>
      )}
      {choosing !== undefined && <Choice choosing={choosing} mergeKey={stepKey(step)} label={t(words?.text)} />}
      {after !== null && beside?.(step.id, t(after.text))}
    </li>
  );
}

function Change({ change, choosing, mergeKey = '' }: { change: FieldChange; choosing?: Choosing | undefined; mergeKey?: string }) {
  const label = c().field[change.field];
  return (
    <div>
      {(['sv', 'en'] as const).map(language => {
        return (
          differsIn(change, language) && (
            <div key={language}>
              <p class="field-name">{language === 'sv' ? label : c().english(label)}</p>
              <Words change={change} language={language} />
            </div>
          )
        );
      })}
      {choosing !== undefined && <Choice choosing={choosing} mergeKey={mergeKey} label={label} />}
    </div>
  );
}

/** The words of a field with what changed in them marked, line by line. */
function Words({ change, language, class: classes }: { change: FieldChange; language: Language; class?: string }) {
  const before = linesOf(change.field, change.before, language);
  const after = linesOf(change.field, change.after, language);
  if (before.length + after.length === 0) return null;
  return (
    <>
      {pairedLines(before, after).map(([was, is], at) => (
        <p key={at} class={classes} lang={language}>
          {markWords(was, is).map((piece, index) =>
            piece.mark === 'same' ? (
              piece.words
            ) : piece.mark === 'removed' ? (
              <del key={index}>
                <span class="hidden">{c().removedSpoken} </span>
                {piece.words}
              </del>
            ) : (
              <ins key={index}>
                <span class="hidden">{c().addedSpoken} </span>
                {piece.words}
              </ins>
            ),
          )}
        </p>
      ))}
    </>
  );
}

function Choice({ choosing: { choices, choose, name }, mergeKey, label }: { choosing: Choosing; mergeKey: string; label: string }) {
  const side = choices.get(mergeKey) ?? 'mine';
  return (
    <div class="chips" role="group" aria-label={`${c().whichOne} ${label}`}>
      {(['mine', 'theirs'] as const).map(each => (
        <button key={each} type="button" aria-pressed={side === each} onClick={() => choose(mergeKey, each)}>
          {each === 'mine' ? c().mine : c().theirs(name)}
        </button>
      ))}
    </div>
  );
}

function differsIn({ field, before, after }: FieldChange, language: Language): boolean {
  return linesOf(field, before, language).join('\n') !== linesOf(field, after, language).join('\n');
}

/** Lines that are alike stand beside each other; between them, the first with the first. */
function pairedLines(before: readonly string[], after: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  let [i, j] = [0, 0];
  for (const [x, y] of [...common(before, after), [before.length, after.length] as const]) {
    while (i < x || j < y) pairs.push([i < x ? (before[i++] ?? '') : '', j < y ? (after[j++] ?? '') : '']);
    if (x < before.length && y < after.length) pairs.push([before[i++] ?? '', after[j++] ?? '']);
  }
  return pairs;
}
