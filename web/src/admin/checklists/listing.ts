/* The checklists as the desk lists them: their states, and how they are searched, narrowed and ordered. Pure.
   One rule: what is withdrawn is never overdue, and what was never published has nothing to be late with. */
import type { ChecklistDocument } from '../../core/checklist';
import { search, type Field } from '../../core/search';
import type { DraftView, Person } from '../drafts/drafts';

export interface Row {
  id: string;
  title: string;
  kind: ChecklistDocument['kind'];
  order: string;
  owner: string;
  /** 0: never published. */
  version: number;
  published: number | null;
  published_by: string;
  review_by: string | null;
  practised: number | null;
  steps: number;
  withdrawn: { at: number; by: string; why: string } | null;
  draft: { revision: number; saved: number; saved_by: Person; stage: DraftView['stage']; base: number } | null;
}
export interface Version {
  version: number;
  hash: string;
  title: string;
  published: number;
  published_by: string;
  approved_by: string | null;
  changes: string;
  review_by: string;
  owner: string;
}
export interface OneChecklist {
  row: Row;
  published: ChecklistDocument | null;
  /** The newest first. */
  versions: Version[];
}

export const NARROWED = ['all', 'drafts', 'review', 'waiting', 'withdrawn'] as const;
export type Narrowed = (typeof NARROWED)[number];
export const ORDERS = ['binder', 'title', 'review', 'published', 'practised', 'owner'] as const;
export type Order = (typeof ORDERS)[number];

const FIELDS: readonly Field<Row>[] = [
  { weight: 8, of: row => row.title },
  { weight: 3, of: row => row.owner },
  { weight: 2, of: row => [row.draft?.saved_by.name ?? '', row.published_by] },
  { weight: 1, of: row => row.id },
];
const words = new Intl.Collator('sv', { numeric: true });

/** `today`: 'YYYY-MM-DD'. */
export function isOverdue(row: Row, today: string): boolean {
  return row.withdrawn === null && row.version > 0 && row.review_by !== null && row.review_by < today;
}

export function isIn(narrowed: Narrowed, row: Row, today: string): boolean {
  switch (narrowed) {
    case 'all':
      return true;
    case 'drafts':
      return row.draft !== null;
    case 'review':
      return isOverdue(row, today);
    case 'waiting':
      return row.draft?.stage === 'handed';
    case 'withdrawn':
      return row.withdrawn !== null;
  }
}

/** Those that answer; what is searched for comes best first, else in the order asked for. */
export function list(rows: readonly Row[], { query, narrowed, order, today }: { query: string; narrowed: Narrowed; order: Order; today: string }): Row[] {
  const found = rows.filter(row => isIn(narrowed, row, today));
  return query.trim() === '' ? [...found].sort(BY[order]) : search(query, found, FIELDS);
}

export function count(rows: readonly Row[], narrowed: Narrowed, today: string): number {
  return rows.filter(row => isIn(narrowed, row, today)).length;
}

/** The day of a moment here, 'YYYY-MM-DD'. */
export function dayOf(ms: number): string {
  const at = new Date(ms);
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map(each => String(each).padStart(2, '0')).join('-');
}

const binder = (a: Row, b: Row): number => words.compare(a.kind, b.kind) || words.compare(a.order, b.order) || words.compare(a.id, b.id);

/** What lacks a date is last where the date is what one acts on, and first where the lack is what one acts on. */
const BY: Record<Order, (a: Row, b: Row) => number> = {
  binder,
  title: (a, b) => words.compare(a.title, b.title) || binder(a, b),
  review: (a, b) => words.compare(a.review_by ?? '9', b.review_by ?? '9') || binder(a, b),
  published: (a, b) => (b.published ?? 0) - (a.published ?? 0) || binder(a, b),
  practised: (a, b) => (a.practised ?? 0) - (b.practised ?? 0) || binder(a, b),
  owner: (a, b) => words.compare(a.owner, b.owner) || binder(a, b),
};
