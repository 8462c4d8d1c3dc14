/* What publishing proposes. Pure. One rule: a proposal is one tap away and never sent unseen. */
import type { Differences } from '../drafts/comparing';
import type { Finding } from '../drafts/drafts';

export function errorsIn(findings: readonly Finding[]): Finding[] {
  return findings.filter(each => each.severity === 'error');
}

/** The day so many months from `today` ('YYYY-MM-DD'); the 31st becomes the last of a shorter month. */
export function monthsFrom(today: string, months: number): string {
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(day, last));
  return first.toISOString().slice(0, 10);
}

export interface SuggestionWords {
  first: string;
  from: (version: number) => string;
  steps: Record<'added' | 'removed' | 'moved' | 'changed', (n: number) => string>;
  phases: (n: number) => string;
  front: (fields: string[]) => string;
  field: Record<string, string>;
}

/** What has changed, from what differs: "2 nya åtgärder, 1 borttagen, ändrat mål". `base`: the version it began from; '' when nothing differs. */
export function suggest({ front, phases }: Differences, { base, inForce }: { base: number; inForce: number }, words: SuggestionWords): string {
  if (inForce === 0) return words.first;
  const steps = phases.flatMap(phase => phase.steps);
  const counts = {
    added: steps.filter(step => step.what === 'added').length,
    removed: steps.filter(step => step.what === 'removed').length,
    moved: steps.filter(step => step.moved).length,
    changed: steps.filter(step => step.what === 'both' && step.fields.length > 0).length,
  };
  const touched = phases.filter(phase => phase.what !== 'both' || phase.fields.length > 0).length;
  const fields = front.map(change => (words.field[change.field] ?? change.field).toLowerCase());
  const said = [
    ...(['added', 'removed', 'moved', 'changed'] as const).filter(each => counts[each] > 0).map(each => words.steps[each](counts[each])),
    ...(touched > 0 ? [words.phases(touched)] : []),
    ...(fields.length > 0 ? [words.front(fields)] : []),
  ].join(', ');
  return base > 0 && base < inForce ? [words.from(base), said].filter(Boolean).join(': ') : said;
}

/** The sentence that the phones put after "Ändrat:" ends by itself. */
export function asSaid(changes: string): string {
  return changes.trim().replace(/(?<!\.)\.$/, '');
}
