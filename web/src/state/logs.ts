/* The logs of the chosen organisation in memory, sorted, each folded anew when the store says that it moved.
   One rule: memory follows the disk: nothing comes in here that has not been written. */

import { batch } from '@preact/signals';
import { fold } from '../core/incident';
import type { Entry, Incident } from '../core/shapes';
import { inOrder } from '../core/order';
import { entryOf, idOfRecord, type OperationRecord, type PersonRecord, type SealRecord } from '../device/records';
import type { Change, Store } from '../device/store';
import { folded, people, unsent } from './signals';
import type { UnsentView } from './views';

interface Log {
  entries: Entry[];
  records: Map<string, OperationRecord>;
  seals: Map<string, SealRecord>;
}

const logs = new Map<string, Log>();
let members = new Map<string, string>();
let keys = new Map<string, string>();
let offset: number | null = null;

/** From the disk, all of it: at the start, and when another organisation is chosen. */
export async function loadLogs(store: Store, phoneOffset: number | null): Promise<void> {
  const disk = await store.readLog();
  offset = phoneOffset;
  logs.clear();
  members = new Map(disk.people.map(person => [person.dev, person.member]));
  keys = new Map(disk.people.map(person => [person.dev, person.key]));
  for (const record of disk.records) logOf(record.inc).records.set(idOfRecord(record), record);
  for (const seal of disk.seals) logOf(seal.inc).seals.set(sealKey(seal), seal);
  for (const log of logs.values()) sortLog(log);
  batch(() => {
    people.value = members;
    folded.value = new Map([...logs].filter(([, log]) => log.entries.length > 0).map(([inc, log]) => [inc, fold(inc, log.entries)]));
    tellUnsent();
  });
}

export function clearLogs(): void {
  logs.clear();
  batch(() => {
    folded.value = new Map();
    unsent.value = [];
  });
}

/** What the store said has moved. */
export async function followChange(store: Store, change: Change, phoneOffset: number | null): Promise<void> {
  offset = phoneOffset;
  if (!change.elsewhere) {
    absorb(change.records, change.seals, change.people);
    return;
  }
  for (const inc of change.incs) {
    const disk = await store.readLog(inc);
    absorb(disk.records, disk.seals, disk.people);
  }
}

export function recordsOf(inc: string): OperationRecord[] {
  return [...(logs.get(inc)?.records.values() ?? [])];
}

export function entriesOf(inc: string): readonly Entry[] {
  return logs.get(inc)?.entries ?? [];
}

export function sealsOf(inc: string): SealRecord[] {
  return [...(logs.get(inc)?.seals.values() ?? [])];
}

export function personOf(dev: string): PersonRecord | null {
  const member = members.get(dev);
  return member === undefined ? null : { dev, member, key: keys.get(dev) ?? '' };
}

/** Of this phone, not with the team (or there, but not accepted), in every incident. */
export function ownUnsettled(): OperationRecord[] {
  return [...logs.values()].flatMap(log => [...log.records.values()].filter(record => record.own && (!record.held || record.verdict !== 'ok')));
}

function absorb(records: readonly OperationRecord[], seals: readonly SealRecord[], newPeople: readonly PersonRecord[]): void {
  const strangers = newPeople.filter(person => members.get(person.dev) !== person.member);
  const moved = new Set<string>();
  if (strangers.length > 0) {
    members = new Map([...members, ...strangers.map((person): [string, string] => [person.dev, person.member])]);
    for (const person of strangers) keys.set(person.dev, person.key);
    const devices = new Set(strangers.map(person => person.dev));
    for (const [inc, log] of logs)
      if (log.entries.some(entry => devices.has(entry.op[1]))) {
        sortLog(log);
        moved.add(inc);
      }
  }
  for (const seal of seals) logOf(seal.inc).seals.set(sealKey(seal), seal);
  for (const record of records) {
    const log = logOf(record.inc);
    const known = log.records.get(idOfRecord(record));
    /* The same array for the same operation: what was read from it is remembered by it. */
    const kept = known === undefined ? record : { ...record, op: known.op };
    log.records.set(idOfRecord(record), kept);
    put(log.entries, entryOf(kept, members, offset));
    moved.add(record.inc);
  }
  if (moved.size === 0 && strangers.length === 0) return;
  batch(() => {
    if (strangers.length > 0) people.value = members;
    const next = new Map<string, Incident>(folded.value);
    for (const inc of moved) next.set(inc, fold(inc, logOf(inc).entries));
    folded.value = next;
    tellUnsent();
  });
}

/** In its place; almost always the last. */
function put(entries: Entry[], entry: Entry): void {
  let low = 0;
  let high = entries.length;
  const last = entries[high - 1];
  if (last !== undefined && inOrder(last, entry) < 0) low = high;
  while (low < high) {
    const middle = (low + high) >> 1;
    const there = entries[middle];
    if (there !== undefined && inOrder(there, entry) < 0) low = middle + 1;
    else high = middle;
  }
  const there = entries[low];
  entries.splice(low, there !== undefined && there.id === entry.id ? 1 : 0, entry);
}

function sortLog(log: Log): void {
  log.entries = [...log.records.values()].map(record => entryOf(record, members, offset)).sort(inOrder);
}

function tellUnsent(): void {
  const list = ownUnsettled().map((record): UnsentView => {
    const { inc, op } = record;
    const reason = record.aside ?? (record.verdict === 'ok' ? undefined : record.verdict);
    return {
      inc,
      title: folded.value.get(inc)?.title ?? '',
      text: op[6],
      op,
      time: op[4] + (record.offset ?? offset ?? 0),
      ...(reason !== undefined && { reason }),
    };
  });
  unsent.value = list.sort((a, b) => a.time - b.time || a.op[2] - b.op[2]);
}

function logOf(inc: string): Log {
  let log = logs.get(inc);
  if (log === undefined) logs.set(inc, (log = { entries: [], records: new Map(), seals: new Map() }));
  return log;
}

function sealKey({ dev, from, to, head }: SealRecord): string {
  return `${dev}.${from}.${to}.${head}`;
}
