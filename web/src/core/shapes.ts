/* What an incident looks like when it is folded, and what goes into the fold. Only shapes.
   One rule: a field is added, never changed: screens, exports and the fold all lean on these. */

import type { Mark, Operation } from './operation';

export type Body = Record<string, unknown>;

export interface Entry {
  id: string;
  op: Operation;
  saved: 'phone' | 'team';
  verdict: 'ok' | `quar:${string}` | `dead:${string}`;
  offset: number | null;
  received: number | null;
  /** The author; '' when not known yet. */
  member: string;
}
export interface Stamp {
  id: string;
  dev: string;
  member: string;
  /** Corrected, ms. */
  time: number;
  /** The clock was more than two minutes wrong, or never compared: to be marked wherever the time is shown. */
  uncertain: boolean;
  saved: 'phone' | 'team';
  lam: number;
}
export interface Head<T> extends Stamp {
  value: T;
}
/** `heads`: what nobody has superseded, the one drawn first first. */
export interface Register<T> {
  value: T | undefined;
  heads: Head<T>[];
}
export interface MarkValue {
  state: Mark;
  reason?: string;
  at?: number;
}
export interface Assignment {
  role?: string;
  member?: string;
}
export interface Step {
  /** "card/step" */
  key: string;
  card: string;
  step: string;
  mark: Register<MarkValue>;
  state: Mark;
  /** Different answers, until someone marks again having seen them. */
  differs: boolean;
  assign: Register<Assignment>;
  log: LogEntry[];
  /** Every mark, in (lam, dev, n) order. */
  history: Head<MarkValue>[];
}
export interface AddedStep extends Step {
  text: string;
  phase: string;
  after: string;
  by: Stamp;
}
/** `version` and `hash` are those in force, after any rebase. */
export interface Card {
  id: string;
  by: Stamp;
  checklist: string;
  version: number;
  hash: string;
  /** Steps of the document that have operations, by step id. */
  steps: Map<string, Step>;
  added: AddedStep[];
  rebase: Register<{ version: number; hash: string }>;
}
export interface LogEntry {
  stamp: Stamp;
  type: string;
  text: string;
  target: string;
  body: Body;
  corrects: string[];
  correctedBy: string[];
}
export interface Opening {
  title: string;
  place: string;
  zero: number | null;
}
export interface Incident {
  inc: string;
  title: string;
  place: string;
  /** T-noll, ms: what was said, else when it was opened. */
  zero: number | null;
  exercise: boolean;
  opened: Stamp | null;
  status: 'open' | 'closed';
  statusBy: Stamp | null;
  statuses: Register<'open' | 'closed'>;
  titles: Register<Opening>;
  cards: Card[];
  roles: Map<string, Register<string>>;
  /** All of it, what stands on steps too, in (lam, dev, n) order. */
  log: LogEntry[];
  /** Entries of kinds or shapes that this build is too old for. */
  unknown: number;
  /** Quarantined and not admitted. */
  waiting: Entry[];
  dead: Entry[];
  /** The counter: the next deed here gets one more. */
  lam: number;
  count: number;
  /** The last deed, in order. */
  latest: Stamp | null;
}
