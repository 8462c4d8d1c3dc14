/* The whole of a draft to read through, step by step, with room for a remark at each. One rule: everything that would reach a phone stands here. */
import type { ChecklistDocument } from '../../core/checklist';
import { t, w } from '../../parts/words';
import { Remarks } from './remarks';
import { factsOf, linesOf } from '../drafts/saying';
import { c } from '../text/comparison';

const FRONT = ['trigger', 'mission', 'immediate', 'not_for', 'goal', 'reports_to', 'takes_over_from', 'hands_over_to'] as const;

export function WholeCard({ document }: { document: ChecklistDocument }) {
  return (
    <div class="whole-card stack">
      <section class="box">
        <h2>{c().front}</h2>
        <dl class="facts-list">
          {FRONT.map(field => {
            const lines = linesOf(field, document[field], 'sv');
            return (
              lines.length > 0 && (
                <div key={field}>
                  <dt>{c().field[field]}</dt>
                  {lines.map((line, at) => (
                    <dd key={at}>{line}</dd>
                  ))}
                </div>
              )
            );
          })}
        </dl>
      </section>
      {document.phases.map(phase => (
        <section key={phase.id} class="box">
          <h2>{t(phase.title)}</h2>
          <p class="small">{w().mode[phase.mode]}</p>
          <ol class="read-steps">
            {phase.steps.map(step => (
              <li key={step.id}>
                <p class="step-words">{t(step.text) || c().noWords}</p>
                <p class="small">{factsOf(step).join(' · ')}</p>
                {step.why !== undefined && <p class="small">{t(step.why)}</p>}
                <Remarks step={step.id} words={t(step.text)} />
              </li>
            ))}
          </ol>
          {phase.pause !== undefined && (
            <p>
              <b>{w().pause}</b> {t(phase.pause)}
            </p>
          )}
        </section>
      ))}
    </div>
  );
}
