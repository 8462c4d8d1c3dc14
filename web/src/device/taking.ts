/* Sorting out the news of one incident: which rows we had, which are new, which cannot be told yet. Pure.
   One rule: nothing that came is dropped; what has no id yet is kept loose and tried again with the next news. */

import { decode64, encode64 } from '../core/base64';
import { digest } from '../core/chain';
import type { Operation, Seal } from '../core/operation';
import { identify, type Candidate } from '../core/walk';
import type { IncidentNews, NewsRow } from './answer';
import type { LooseRecord, OperationRecord } from './records';

export interface Disk {
  records: readonly OperationRecord[];
  loose: readonly LooseRecord[];
  seals: readonly Seal[];
}
export interface Taken {
  /** New or changed. */ records: OperationRecord[];
  loose: LooseRecord[];
  settled: LooseRecord[];
}

export function take(inc: string, news: IncidentNews, disk: Disk): Taken {
  const byPlace = new Map<string, OperationRecord[]>();
  for (const record of disk.records) {
    const place = `${record.dev}.${record.n}`;
    byPlace.set(place, [...(byPlace.get(place) ?? []), record]);
  }
  const changed = new Map<string, OperationRecord>();
  const loose = new Map(disk.loose.map(record => [record.key, record]));
  for (const row of news.ops) {
    const { op } = row;
    const same = typeof op === 'string' ? undefined : byPlace.get(`${op[1]}.${op[2]}`)?.find(record => sameOperation(record.op, op));
    if (same === undefined) {
      const key = typeof op === 'string' ? op : `${op[1]}.${op[2]}.${encode64(digest(op))}`;
      const before = loose.get(key);
      if (before === undefined || row.seq > before.seq) loose.set(key, looseOf(inc, key, row));
    } else {
      const current = changed.get(keyOf(same)) ?? same;
      if (!current.held || row.seq > (current.seq ?? -1)) changed.set(keyOf(same), confirmed(current, row));
    }
  }
  const told = tell([...loose.values()], disk.records, [...news.seals, ...disk.seals], news.seq >= news.head);
  const settled: LooseRecord[] = [];
  for (const [{ key, op, seq, received, offset, verdict }, h] of told) {
    const was = loose.get(key);
    if (op === null || was === undefined) continue;
    settled.push(was);
    loose.delete(key);
    const record = { inc, dev: op[1], n: op[2], h, op, own: false, held: true, seq, received, offset, verdict };
    changed.set(keyOf(record), record);
  }
  const fresh = new Set(disk.loose);
  return { records: [...changed.values()], loose: [...loose.values()].filter(record => !fresh.has(record)), settled };
}

/** The hashes that the seals prove, for what had none. */
function tell(loose: readonly LooseRecord[], records: readonly OperationRecord[], seals: readonly Seal[], all: boolean): Map<LooseRecord, string> {
  const told = new Map<LooseRecord, string>();
  const devices = new Set(loose.flatMap(record => (record.op === null ? [] : [record.op[1]])));
  const sources = new Map<Candidate, LooseRecord>();
  const candidate = (record: LooseRecord): Candidate[] => {
    const d = record.op === null ? decode64(record.key) : digest(record.op);
    if (d === null) return [];
    const made: Candidate = { op: record.op, d, seq: record.seq, h: null };
    sources.set(made, record);
    return [made];
  };
  const hidden = loose.filter(record => record.op === null).flatMap(candidate);
  for (const dev of devices) {
    const unknown = loose.filter(record => record.op?.[1] === dev).flatMap(candidate);
    const known = records.filter(record => record.dev === dev).map(({ op, seq, h }): Candidate => ({ op, d: digest(op), seq: seq ?? 0, h }));
    const mine = seals.filter(seal => seal[0] === dev);
    for (const [found, h] of identify([...unknown, ...known, ...hidden], hidden.length > 0 ? mine : clipped(mine, unknown, known), all)) {
      const source = sources.get(found);
      if (source !== undefined && source.op !== null) told.set(source, h);
    }
  }
  return told;
}

/** A long seal is walked from what we know just before the first unknown operation, once for each branch there, and not from its far beginning. */
function clipped(seals: readonly Seal[], unknown: readonly Candidate[], known: readonly Candidate[]): Seal[] {
  const first = unknown.reduce((low, { op }) => Math.min(low, op?.[2] ?? low), Infinity);
  return seals.flatMap((seal): Seal[] => {
    const [dev, inc, from, to, , head, sig] = seal;
    if (to < first) return [];
    if (from >= first) return [seal];
    return known.flatMap(({ op, h }): Seal[] => (op?.[2] === first - 1 && h !== null ? [[dev, inc, first, to, h, head, sig]] : []));
  });
}

function confirmed(record: OperationRecord, row: NewsRow): OperationRecord {
  const { wait: _wait, aside: _aside, ...rest } = record;
  return { ...rest, held: true, seq: row.seq, received: row.received ?? record.received, offset: row.offset ?? record.offset, verdict: row.verdict };
}

function looseOf(inc: string, key: string, { seq, op, received, offset, verdict }: NewsRow): LooseRecord {
  return { inc, key, seq, op: typeof op === 'string' ? null : op, received, offset, verdict };
}

function sameOperation(a: Operation, b: Operation): boolean {
  return a.every((part, at) => part === b[at]);
}

function keyOf({ dev, n, h }: { dev: string; n: number; h: string }): string {
  return `${dev}.${n}.${h}`;
}
