/* What could be better, said where it stands. One rule: advice is words in amber ink, it never blocks; what must be mended before publishing says so. */
import { Icon } from '../../parts/icon';
import type { Finding } from '../drafts/drafts';
import { e } from '../text/editor';
import { stepPlace } from './stepkeys';
import type { Workbench } from './workbench';

/** Fields of the front that have a place of their own in the form. */
export const FRONT_PLACES = [
  ...['title', 'trigger', 'immediate', 'not_for', 'goal', 'mission', 'reports_to', 'takes_over_from', 'hands_over_to'],
  ...['kind', 'role', 'tags', 'audience', 'owner', 'order'],
];

export function aboutFront(bench: Workbench, field: string): Finding[] {
  return bench.findings.value.filter(each => each.step === null && each.phase === null && each.field === field);
}

export function aboutPhase(bench: Workbench, phase: string): Finding[] {
  return bench.findings.value.filter(each => each.step === null && each.phase === phase);
}

export function aboutStep(bench: Workbench, step: string): Finding[] {
  return bench.findings.value.filter(each => each.step === step);
}

/** What has no place of its own: about the whole. */
export function aboutAll(bench: Workbench): Finding[] {
  return bench.findings.value.filter(each => each.step === null && each.phase === null && !FRONT_PLACES.includes(each.field ?? ''));
}

/** Where the first of them is mended. */
export function placeOf({ step, phase, field }: Finding): string {
  if (step !== null) return stepPlace(step);
  if (phase !== null) return `phase-title:${phase}`;
  return field === 'immediate' ? 'front-immediate:0' : `front-${field ?? 'title'}`;
}

export function Findings({ of, id }: { of: readonly Finding[]; id?: string }) {
  if (of.length === 0) return null;
  return (
    <ul class="findings" id={id}>
      {of.map(({ code, message, severity }, at) => (
        <li key={`${code} ${at}`} class={severity === 'error' ? 'must' : 'advice'}>
          {severity === 'error' && <Icon name="warn" />}
          <span>
            {severity === 'error' && <span class="hidden">{e().mustBeMended} </span>}
            {message}
          </span>
        </li>
      ))}
    </ul>
  );
}
