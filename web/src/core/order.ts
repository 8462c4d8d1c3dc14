/* The order of operations and the counter that makes it: (lam, dev, n), then the hash.
   One rule: only ASCII ids and integers are compared, never a clock and never a person's words. */

import type { Entry } from './shapes';

/** A step up of the counter that is larger than this is a mad phone's, and moves nobody. */
export const jumpMax = 1_000_000;

export function inOrder(a: Entry, b: Entry): number {
  const x = a.op;
  const y = b.op;
  return x[3] - y[3] || compare(x[1], y[1]) || x[2] - y[2] || compare(a.id, b.id);
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** In order and each once; the same array when it is so already. */
export function arranged(entries: readonly Entry[]): readonly Entry[] {
  let sorted = true;
  for (let i = 1; i < entries.length && sorted; i++) {
    const a = entries[i - 1];
    const b = entries[i];
    sorted = a !== undefined && b !== undefined && inOrder(a, b) < 0;
  }
  if (sorted) return entries;
  const byId = new Map<string, Entry>();
  for (const entry of entries) {
    const held = byId.get(entry.id);
    if (held === undefined || outranks(entry, held)) byId.set(entry.id, entry);
  }
  return [...byId.values()].sort(inOrder);
}

/** Of two copies of one operation: what the team knows, then what folds, then anything that is the same everywhere. */
function outranks(a: Entry, b: Entry): boolean {
  if (a.saved !== b.saved) return a.saved === 'team';
  if (a.verdict !== b.verdict) return a.verdict === 'ok' || (b.verdict !== 'ok' && a.verdict > b.verdict);
  return compare(`${a.member} ${a.offset} ${a.received}`, `${b.member} ${b.offset} ${b.received}`) > 0;
}

/** The highest counter that is reached from 0 without a mad step, from counters in any order. */
export function counterOf(lams: Iterable<number>): number {
  return [...lams].sort((a, b) => a - b).reduce((top, lam) => (lam - top > jumpMax ? top : Math.max(top, lam)), 0);
}

/** The same, one operation at a time: `beyond` holds the counters that were too far above, lowest first. */
export function raised(counter: { lam: number; beyond: readonly number[] }, lam: number): { lam: number; beyond: readonly number[] } {
  if (lam <= counter.lam) return counter;
  if (lam - counter.lam > jumpMax) {
    return counter.beyond.includes(lam) ? counter : { lam: counter.lam, beyond: [...counter.beyond, lam].sort((a, b) => a - b) };
  }
  const top = counterOf([lam, ...counter.beyond].map(each => Math.max(each - counter.lam, 0))) + counter.lam;
  return { lam: top, beyond: counter.beyond.filter(each => each > top) };
}
