/* The register of contacts as the server tells it, and what can be seen in it: who must be confirmed, who has no deputy. Pure. One rule: a date is old by the contact's own interval. */
import type { ContactFunction, Person, Text } from '../../core/checklist';
import { plain, search, type Field } from '../../core/search';
import { day as dayOf } from '../swedishtime';

export interface FunctionView {
  mark: string;
  function: ContactFunction;
}
export interface RoleName {
  id: string;
  title: Text;
}
export interface Register {
  functions: FunctionView[];
  roles: RoleName[];
  /** Whether secret numbers are among them. */
  secrets: boolean;
  /** Contact id → how many cards name it. */
  named: Record<string, number>;
  /** How long a confirmation holds where the contact says nothing of its own. */
  interval_days: number;
}
export type Kind = 'intern' | 'extern' | 'public';
export type Sort = 'all' | Kind | 'old' | 'alone';

const DAY_MS = 86_400_000;
const FIELDS: readonly Field<FunctionView>[] = [
  { weight: 8, of: ({ function: fn }) => [fn.title.sv, fn.title.en ?? ''] },
  { weight: 5, of: ({ function: fn }) => fn.persons.map(person => person.name) },
  {
    weight: 2,
    of: ({ function: fn }) => [fn.role ?? '', fn.organisation ?? '', fn.category, fn.about?.sv ?? '', fn.persons.map(each => each.email ?? '').join(' ')],
  },
];
const LARGE = 800;

/** Whether somebody should ring and ask: never confirmed, or longer ago than the interval. `days` is the organisation's, `today` ms. */
export function isOld(fn: ContactFunction, person: Person, days: number, today: number): boolean {
  if (person.verified === undefined) return fn.kind !== 'public';
  return Date.parse(dayOf(today)) - Date.parse(person.verified) > (person.interval_days ?? days) * DAY_MS;
}

export function hasNoDeputy(fn: ContactFunction): boolean {
  return fn.kind === 'intern' && fn.persons.length < 2;
}

export function isOf(sort: Sort, { function: fn }: FunctionView, days: number, today: number): boolean {
  if (sort === 'all') return true;
  if (sort === 'old') return fn.persons.some(person => isOld(fn, person, days, today));
  return sort === 'alone' ? hasNoDeputy(fn) : fn.kind === sort;
}

/** A number by its digits; else the words, in a register too large for forgiving search each as a part of some word. */
export function find(query: string, views: readonly FunctionView[]): FunctionView[] {
  const digits = query.replace(/\D/g, '').replace(/^(00|0)/, '');
  if (/^[\d\s+()-]{4,}$/.test(query.trim()) && digits.length > 2)
    return views.filter(({ function: fn }) =>
      fn.persons.some(person => person.numbers.some(({ dial, number }) => (dial + number.replace(/\D/g, '')).includes(digits))),
    );
  if (views.length <= LARGE) return search(query, views, FIELDS);
  const words = plain(query).split(/\s+/).filter(Boolean);
  return views.filter(view => {
    const text = textOf(view);
    return words.every(word => text.includes(word));
  });
}

const texts = new WeakMap<FunctionView, string>();

function textOf(view: FunctionView): string {
  const held = texts.get(view);
  if (held !== undefined) return held;
  const text = plain(FIELDS.flatMap(field => field.of(view)).join(' '));
  texts.set(view, text);
  return text;
}

/** Addresses that no function's id can be. */
export const NEW = '~ny';
export const FILE = '~fil';
