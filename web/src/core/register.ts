/* A value that can be changed: which of its operations nobody has superseded, and which of those is drawn first.
   One rule: decided by refs, state and (lam, dev, n), never by a clock. */

import type { Head, MarkValue, Register, Stamp } from './shapes';
import { marks } from './operation';
import { compare } from './order';

/** A head that has not been weighed yet: with what it supersedes. */
export interface Item<T> extends Head<T> {
  refs: string;
}
/** The heads of a register: what no other operation of it refs. A ring of refs cannot be made; if it could, nothing in it would be lost. */
export function register<T>(items: readonly Item<T>[], order: (a: Item<T>, b: Item<T>) => number): Register<T> {
  if (items.length <= 1) return { value: items[0]?.value, heads: [...items] };
  const superseded = new Set<string>();
  for (const item of items) for (const id of item.refs === '' ? [] : item.refs.split(',')) if (id !== item.id) superseded.add(id);
  const unseen = items.filter(item => !superseded.has(item.id));
  const heads = (unseen.length > 0 ? unseen : [...items])
    .map((item, at) => ({ item, at }))
    .sort((a, b) => order(a.item, b.item) || a.at - b.at)
    .map(({ item }) => item);
  return { value: heads[0]?.value, heads };
}

/* Items come in (lam, dev, n) order, so a tie is broken by place: the first witness first. */
export function precedence(a: Item<MarkValue>, b: Item<MarkValue>): number {
  return marks.indexOf(a.value.state) - marks.indexOf(b.value.state);
}

export function latestFirst(a: Stamp, b: Stamp): number {
  return inOrderOfStamps(b, a);
}

/** Closed here and opened again there: open, because a list that is in use must not go away. */
export function openFirst(a: Item<'open' | 'closed'>, b: Item<'open' | 'closed'>): number {
  return a.value === b.value ? latestFirst(a, b) : a.value === 'open' ? -1 : 1;
}

/** (lam, dev, n), then the hash. */
export function inOrderOfStamps(a: Stamp, b: Stamp): number {
  return a.lam - b.lam || compare(a.dev, b.dev) || numberOf(a) - numberOf(b) || compare(a.id, b.id);
}

/** `n`, out of "dev.n.hash". */
function numberOf(stamp: Stamp): number {
  return Number(stamp.id.slice(stamp.dev.length + 1, stamp.id.lastIndexOf('.'))) || 0;
}
