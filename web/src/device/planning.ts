/* What the next exchange carries, read in one transaction. Pure reading.
   One rule: never more than the protocol takes; the incident on the screen first. */

import type { HeadRecord, OperationRecord, SealRecord } from './records';
import type { Phone, ReadTx } from './schema';
import { runsOf, spanOf, type Run } from './sealing';

export interface PlanLimits {
  operations: number;
  bytes: number;
  /** The incident on the screen. */ first: string | null;
}
export interface Plan {
  phone: Phone | undefined;
  ops: OperationRecord[];
  /** Ranges of this phone's own operations to seal, and those of them that span older seals. */
  runs: Run[];
  /** Seals that prove others' operations among `ops`. */
  seals: SealRecord[];
  heads: HeadRecord[];
  /** After this exchange, if all goes well. */
  left: number;
  oldestLeft: number;
  library: string;
}

const sealBytes = 260;

export async function planExchange(tx: ReadTx, limits: PlanLimits): Promise<Plan> {
  const [phone, waiting, unsealed, heads, shelf] = await Promise.all([
    tx.objectStore('phone').get('phone'),
    tx.objectStore('ops').index('wait').getAll(1),
    tx.objectStore('ops').index('wait').getAll(2),
    tx.objectStore('heads').getAll(),
    tx.objectStore('library').get('current'),
  ]);
  const ordered =
    limits.first === null ? waiting : [...waiting.filter(each => each.inc === limits.first), ...waiting.filter(each => each.inc !== limits.first)];
  const ops = within(ordered, limits);
  const runs = [...runsOf(ops), ...runsOf(unsealed)];
  for (const head of heads) {
    if ((head.seals ?? 0) <= 16) continue;
    const held = await tx.objectStore('seals').getAll(IDBKeyRange.bound([head.inc, head.dev], [head.inc, head.dev, []]));
    const span = spanOf(held);
    if (span !== null) runs.push(span);
  }
  const seals: SealRecord[] = [];
  for (const [inc, dev, numbers] of othersOf(ops)) {
    const held = await tx.objectStore('seals').getAll(IDBKeyRange.bound([inc, dev], [inc, dev, []]));
    seals.push(...held.filter(seal => numbers.some(n => seal.from <= n && n <= seal.to)));
  }
  const rest = ordered.slice(ops.length);
  const oldestLeft = rest.reduce((oldest, { op }) => Math.min(oldest, op[4]), Infinity);
  return { phone, ops, runs, seals, heads, left: rest.length, oldestLeft: rest.length === 0 ? 0 : oldestLeft, library: shelf?.manifest.hash ?? '' };
}

function within(waiting: readonly OperationRecord[], limits: PlanLimits): OperationRecord[] {
  const ops: OperationRecord[] = [];
  let bytes = 0;
  let last: OperationRecord | undefined;
  for (const record of waiting) {
    const seal = last !== undefined && last.own && record.prev === last.h ? 0 : sealBytes;
    bytes += JSON.stringify(record.op).length * 1.1 + seal;
    if (ops.length >= limits.operations || (ops.length > 0 && bytes > limits.bytes)) break;
    ops.push(record);
    last = record;
  }
  return ops;
}

function othersOf(ops: readonly OperationRecord[]): [string, string, number[]][] {
  const found = new Map<string, [string, string, number[]]>();
  for (const { inc, dev, n, own } of ops) {
    if (own) continue;
    const key = `${inc}.${dev}`;
    const held = found.get(key);
    if (held === undefined) found.set(key, [inc, dev, [n]]);
    else held[2].push(n);
  }
  return [...found.values()];
}
