/* A step's time as a person sets it: a sort, a number and a unit. Pure. One rule: the largest unit that says it exactly. */
import type { StepDefinition } from '../../core/checklist';

export type TimeKind = 'none' | 'within' | 'before' | 'every' | 'ongoing' | 'ahead';
export type Unit = 1 | 60 | 1440;
export interface SetTime {
  kind: TimeKind;
  /** As it is typed. */
  amount: string;
  unit: Unit;
}
type Time = Pick<StepDefinition, 'within' | 'every' | 'when'>;

export const UNITS: readonly Unit[] = [1, 60, 1440];
export const MOST = 9_999;

export function timeOf({ within, every, when }: Time): SetTime {
  if (when !== undefined) return { kind: when === 'ongoing' ? 'ongoing' : 'ahead', amount: '', unit: 1 };
  const minutes = within ?? every;
  if (minutes === undefined) return { kind: 'none', amount: '', unit: 1 };
  const size = Math.abs(minutes);
  const unit = size === 0 ? 1 : ([...UNITS].reverse().find(each => size % each === 0) ?? 1);
  return { kind: every !== undefined ? 'every' : minutes < 0 ? 'before' : 'within', amount: String(size / unit), unit };
}

/** Without a number that can be used there is no time. */
export function minutesOf({ kind, amount, unit }: SetTime): Time {
  if (kind === 'ongoing') return { when: 'ongoing' };
  if (kind === 'ahead') return { when: 'before' };
  const number = /^\d{1,4}$/.test(amount.trim()) ? Number(amount) : null;
  if (number === null || kind === 'none' || (number === 0 && kind !== 'within')) return {};
  const minutes = number * unit;
  return kind === 'every' ? { every: minutes } : { within: kind === 'before' ? -minutes : minutes };
}
