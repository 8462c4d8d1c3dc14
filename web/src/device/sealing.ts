/* Which ranges want a seal. Pure. One rule: a seal covers only what its reader has or gets with it, so a batch is sealed as it is sent:
   an operation that is set aside must never lie under a seal that its neighbours need. */

import type { Seal } from '../core/operation';
import type { OperationRecord, SealRecord } from './records';

export interface Run {
  inc: string;
  dev: string;
  from: number;
  to: number;
  prev: string;
  head: string;
}

/** More seals side by side than this are replaced by one that spans them. */
const sideBySideMax = 16;

/** The unbroken stretches of this phone's own operations. */
export function runsOf(records: readonly OperationRecord[]): Run[] {
  const runs: Run[] = [];
  for (const { inc, dev, n, h, prev, own } of records) {
    if (!own || prev === undefined) continue;
    const last = runs.find(run => run.inc === inc && run.dev === dev && run.to + 1 === n && run.head === prev);
    if (last === undefined) runs.push({ inc, dev, from: n, to: n, prev, head: h });
    else {
      last.to = n;
      last.head = h;
    }
  }
  return runs;
}

/** The range that one seal should take over from many; null when there are few. */
export function spanOf(seals: readonly SealRecord[]): Run | null {
  const sent = seals.filter(each => each.own && each.sent).sort((a, b) => a.from - b.from || a.to - b.to);
  let row: SealRecord[] = [];
  for (const next of sent) {
    const last = row[row.length - 1];
    if (last !== undefined && next.dev === last.dev && next.from === last.to + 1 && next.seal[4] === last.head) row.push(next);
    else if (row.length > sideBySideMax) break;
    else row = [next];
  }
  const [first] = row;
  const last = row[row.length - 1];
  if (first === undefined || last === undefined || row.length <= sideBySideMax) return null;
  return { inc: first.inc, dev: first.dev, from: first.from, to: last.to, prev: first.seal[4], head: last.head };
}

export function sealRecord(seal: Seal, own: boolean, sent: boolean): SealRecord {
  const [dev, inc, from, to, , head] = seal;
  return { inc, dev, from, to, head, seal, own, sent };
}
