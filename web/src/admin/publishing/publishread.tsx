/* What one reads before a version goes out: what must be mended, advice, and what differs from the version in force. One rule: what stops stands first, what only advises never looks like it. */
import { useState } from 'preact/hooks';
import type { ChecklistDocument, StepDefinition } from '../../core/checklist';
import { Icon } from '../../parts/icon';
import { Chips, Note } from '../../parts/note';
import { t } from '../../parts/words';
import { compare, isTouched, total } from '../drafts/comparing';
import { Comparison } from '../drafts/comparison';
import { deskTo } from '../desk';
import type { Finding } from '../drafts/drafts';
import { stepsOf } from '../drafts/editing';
import { Handset } from '../drafts/handset';
import { errorsIn } from './publishing';
import { OtherRemarks, Remarks } from './remarks';
import { c } from '../text/comparison';
import { p } from '../text/publishing';
import { WholeCard } from './wholecard';

interface ReadProps {
  document: ChecklistDocument;
  published: ChecklistDocument | null;
  version: number;
  findings: readonly Finding[];
  /** There is, or may come, something to say at the steps. */
  remarked: boolean;
}

export function ChangesRead({ document, published, version, findings, remarked }: ReadProps) {
  const [whole, setWhole] = useState<'only' | 'whole'>('only');
  const inWhole = published === null || whole === 'whole';
  return (
    <>
      <Found document={document} findings={findings} />
      {published === null ? (
        <>
          <h2>{p().first}</h2>
          <p>{p().firstWhat}</p>
          {remarked ? <WholeCard document={document} /> : <Handset document={document} />}
        </>
      ) : (
        <>
          <div class="changes-head">
            <h2>{p().changes(version)}</h2>
            <Chips
              label={p().views}
              chosen={whole}
              of={[
                ['only', p().only],
                ['whole', p().whole],
              ]}
              onChoose={setWhole}
            />
          </div>
          {whole === 'whole' ? (
            <WholeCard document={document} />
          ) : total(compare(published, document).counts) === 0 ? (
            <p class="box">{p().same(version)}</p>
          ) : (
            <Comparison before={published} after={document} beside={(step, words) => <Remarks step={step} words={words} />} />
          )}
        </>
      )}
      {remarked && <OtherRemarks shown={new Set((inWhole ? stepsOf(document) : stepsThatDiffer(published, document)).map(step => step.id))} />}
      {remarked && <Remarks step="" words="" />}
    </>
  );
}

/** Those that the comparison shows, and that are there still. */
function stepsThatDiffer(published: ChecklistDocument | null, document: ChecklistDocument): StepDefinition[] {
  return compare(published, document)
    .phases.flatMap(phase => phase.steps.filter(isTouched))
    .flatMap(step => step.after ?? []);
}

function Found({ document, findings }: { document: ChecklistDocument; findings: readonly Finding[] }) {
  const errors = errorsIn(findings);
  const advice = findings.filter(each => each.severity === 'advice');
  return (
    <>
      {errors.length > 0 && (
        <Note kind="wrong">
          <h2>{p().errors(errors.length)}</h2>
          <Lines document={document} findings={errors} />
          <a class="button" href={deskTo('checklistor', document.id, 'skriv')}>
            {p().mend}
          </a>
        </Note>
      )}
      {advice.length > 0 && (
        <details class="box advice-box">
          <summary>
            <span class="grow">{p().advice(advice.length)}</span>
            <Icon name="down" class="turn" />
          </summary>
          <Lines document={document} findings={advice} />
        </details>
      )}
    </>
  );
}

function Lines({ document, findings }: { document: ChecklistDocument; findings: readonly Finding[] }) {
  return (
    <ul class="found-lines">
      {findings.map((finding, at) => (
        <li key={`${finding.code} ${at}`}>
          {placeOf(document, finding) !== '' && <b>{placeOf(document, finding)}: </b>}
          {finding.message}
        </li>
      ))}
    </ul>
  );
}

/** Where it is, by the words that stand there and the name of the field. */
function placeOf(document: ChecklistDocument, { phase, step, field }: Finding): string {
  const found = document.phases.find(each => each.id === phase || each.steps.some(one => one.id === step));
  const words = t(found?.steps.find(each => each.id === step)?.text);
  const name = field === null || field === 'text' ? '' : ((c().field as Record<string, string>)[field] ?? field);
  return [words !== '' ? `”${words}”` : t(found?.title), name].filter(Boolean).join(', ');
}
