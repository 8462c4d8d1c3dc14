/* Taking in an answer, inside one transaction of the store: verdicts, people, seals, news.
   One rule: only a verdict, or the operation itself coming back, makes a record `held`; nothing is deleted but seals that another one spans. */

import { idOfRecord, type HeadRecord, type LooseRecord, type OperationRecord, type PersonRecord, type SealRecord } from './records';
import type { Answer, Have, IncidentNews, Result } from './answer';
import type { Tx } from './schema';
import { raised } from '../core/order';
import type { Seal } from '../core/operation';
import { sealRecord } from './sealing';
import { take } from './taking';
import { begun } from './writing';

export interface Sent {
  ops: readonly OperationRecord[];
  seals: readonly Seal[];
  offset: number;
  /** As measured by this exchange. */ measured: number;
  /** By this clock, ms. */ at: number;
}
export interface Receipt {
  records: OperationRecord[];
  seals: SealRecord[];
  people: PersonRecord[];
  /** There is more where that came from. */
  more: boolean;
  /** The server's log is shorter than what we have of it. */
  backwards: boolean;
  have: number;
  of: number;
}

type Key = [string, string, number, string];
const keyOf = ({ inc, dev, n, h }: OperationRecord): Key => [inc, dev, n, h];

export async function receive(tx: Tx, answer: Answer, sent: Sent): Promise<Receipt> {
  const receipt: Receipt = { records: [], seals: [], people: [], more: false, backwards: false, have: 0, of: 0 };
  const phone = await tx.objectStore('phone').get('phone');
  if (phone === undefined || (phone.epoch !== null && phone.epoch !== answer.epoch)) return receipt;
  await tx.objectStore('phone').put(
    {
      ...phone,
      epoch: answer.epoch,
      offset: sent.measured,
      reached: sent.at,
      ...(answer.fork && { forked: true }),
      ...(answer.revoked && { revoked: true }),
    },
    'phone',
  );
  for (const [at, op] of sent.ops.entries()) {
    const result = answer.results[at];
    const record = await tx.objectStore('ops').get(keyOf(op));
    if (result === undefined || record === undefined) continue;
    const next = judged(record, result, sent.offset, answer.now);
    await tx.objectStore('ops').put(next);
    receipt.records.push(next);
    if (next.wait === 2) receipt.more = true;
  }
  await settleSeals(tx, sent, receipt);
  for (const [inc, news] of answer.incidents) await takeNews(tx, inc, news, phone.device, receipt);
  return receipt;
}

function judged(record: OperationRecord, { verdict, detail }: Result, offset: number, now: number): OperationRecord {
  const { wait: _wait, aside: _aside, ...rest } = record;
  const next: OperationRecord = { ...rest, held: true, received: record.received ?? now, offset: record.offset ?? (record.own ? offset : null) };
  if (verdict === 'quar' || verdict === 'dead') {
    next.verdict = `${verdict}:${String(detail ?? '')}`;
    if (next.verdict === 'quar:seal' && record.own && record.mended !== true) return { ...next, mended: true, wait: 2 };
    return next;
  }
  next.seq = typeof detail === 'number' ? detail : record.seq;
  if (verdict === 'ok') next.verdict = 'ok';
  return next;
}

async function settleSeals(tx: Tx, sent: Sent, receipt: Receipt): Promise<void> {
  const pushed = new Set(sent.ops.map(idOfRecord));
  for (const seal of sent.seals) {
    const [dev, inc, from, to, , head] = seal;
    const held = await tx.objectStore('seals').get([inc, dev, from, to, head]);
    if (held === undefined || !held.own || held.sent) continue;
    const record = sealRecord(seal, true, true);
    await tx.objectStore('seals').put(record);
    receipt.seals.push(record);
    const under = await dropUnder(tx, seal);
    const row = await tx.objectStore('heads').get(inc);
    if (row !== undefined) await tx.objectStore('heads').put({ ...row, seals: under > 16 ? 1 : (row.seals ?? 0) + 1 });
    await unmarkSealed(tx, inc, dev, from, to, pushed);
  }
}

/** Operations that only waited for a seal have got it. */
async function unmarkSealed(tx: Tx, inc: string, dev: string, from: number, to: number, pushed: ReadonlySet<string>): Promise<void> {
  const unsealed = await tx.objectStore('ops').index('wait').getAll(2);
  for (const record of unsealed) {
    if (record.inc !== inc || record.dev !== dev || record.n < from || record.n > to || pushed.has(idOfRecord(record))) continue;
    const { wait: _wait, ...rest } = record;
    await tx.objectStore('ops').put(rest);
  }
}

/** Drops the seals that lie wholly under this one; not where a device has forked, for then they may be the other branch's. */
async function dropUnder(tx: Tx, [dev, inc, from, to, , head]: Seal): Promise<number> {
  if (from === to) return 0;
  const held = await tx.objectStore('seals').getAll(IDBKeyRange.bound([inc, dev, from], [inc, dev, to + 1]));
  const under = held.filter(each => each.from >= from && each.to <= to && !(each.from === from && each.to === to && each.head === head));
  if (under.length === 0) return 0;
  const operations = await tx.objectStore('ops').count(IDBKeyRange.bound([inc, dev, from], [inc, dev, to + 1], false, true));
  if (operations !== to - from + 1) return 0;
  for (const each of under) await tx.objectStore('seals').delete([inc, dev, each.from, each.to, each.head]);
  return under.length;
}

async function takeNews(tx: Tx, inc: string, news: IncidentNews, device: string, receipt: Receipt): Promise<void> {
  for (const person of news.people) {
    await tx.objectStore('people').put(person);
    receipt.people.push(person);
  }
  const held = await tx.objectStore('heads').get(inc);
  let head: HeadRecord = held ?? begun(inc, device);
  const loose = await tx.objectStore('loose').getAll(IDBKeyRange.bound([inc], [inc, []]));
  const seals = loose.length === 0 ? [] : (await tx.objectStore('seals').getAll(IDBKeyRange.bound([inc], [inc, []]))).map(record => record.seal);
  const records: OperationRecord[] = [];
  for (const [dev, from, to] of stretches(news, loose, seals)) {
    records.push(...(await tx.objectStore('ops').getAll(IDBKeyRange.bound([inc, dev, from], [inc, dev, to + 1], false, true))));
  }
  const taken = take(inc, news, { records, loose, seals });
  for (const record of taken.records) {
    await tx.objectStore('ops').put(record);
    head = { ...head, ...raised(head, record.op[3]) };
  }
  for (const record of taken.loose) await tx.objectStore('loose').put(record);
  for (const record of taken.settled) await tx.objectStore('loose').delete([inc, record.key]);
  for (const seal of news.seals) {
    const record = sealRecord(seal, false, true);
    const known = await tx.objectStore('seals').get([inc, seal[0], record.from, record.to, record.head]);
    if (known !== undefined || seal[1] !== inc) continue;
    await tx.objectStore('seals').put(record);
    receipt.seals.push(record);
    await dropUnder(tx, seal);
  }
  if (news.head < head.seq) receipt.backwards = true;
  else head = { ...head, seq: Math.max(head.seq, news.seq), head: Math.max(head.head, news.head) };
  if (head.recheck === true && head.seq >= head.head && !receipt.backwards) {
    receipt.records.push(...(await recheck(tx, inc)));
    head = { ...head, recheck: false };
  }
  if (head.seq < head.head && !receipt.backwards) receipt.more = true;
  receipt.have += head.seq;
  receipt.of += Math.max(head.seq, head.head);
  await tx.objectStore('heads').put(head);
  receipt.records.push(...taken.records);
}

/** The part of each device's log that the news touches: from just before the first operation that came, to the end of the seals that cover any. */
function stretches(news: IncidentNews, loose: readonly LooseRecord[], seals: readonly Seal[]): [string, number, number][] {
  const found = new Map<string, [string, number, number]>();
  const stretch = (dev: string, from: number, to: number): void => {
    const held = found.get(dev);
    found.set(dev, held === undefined ? [dev, from, to] : [dev, Math.min(held[1], from), Math.max(held[2], to)]);
  };
  const ops = [...news.ops, ...loose].map(row => row.op);
  const hidden = ops.some(op => op === null || typeof op === 'string');
  for (const op of ops) if (op !== null && typeof op !== 'string') stretch(op[1], op[2] - 1, op[2]);
  const first = new Map([...found.values()].map(([dev, from]) => [dev, from]));
  for (const [dev, , from, to] of [...news.seals, ...seals]) {
    const start = first.get(dev);
    if (start !== undefined && to > start) stretch(dev, hidden ? from : start, to);
  }
  return [...found.values()];
}

/** After a pull from the start: what did not come back is not there. */
async function recheck(tx: Tx, inc: string): Promise<OperationRecord[]> {
  const again: OperationRecord[] = [];
  for (const record of await tx.objectStore('ops').getAll(IDBKeyRange.bound([inc], [inc, []]))) {
    if (record.held || record.wait !== undefined || record.aside !== undefined) continue;
    const next: OperationRecord = { ...record, wait: 1 };
    await tx.objectStore('ops').put(next);
    again.push(next);
  }
  return again;
}

export async function heal(tx: Tx, epoch: string | null, have: Have): Promise<OperationRecord[]> {
  const phone = await tx.objectStore('phone').get('phone');
  if (phone === undefined) return [];
  if (epoch !== null) await tx.objectStore('phone').put({ ...phone, epoch }, 'phone');
  for (const head of await tx.objectStore('heads').getAll()) await tx.objectStore('heads').put({ ...head, seq: 0, head: 0, recheck: true });
  const records = await tx.objectStore('ops').getAll();
  const branches = new Map<string, number>();
  for (const { inc, dev, n } of records) branches.set(`${inc}.${dev}.${n}`, (branches.get(`${inc}.${dev}.${n}`) ?? 0) + 1);
  const forked = new Set(records.filter(({ inc, dev, n }) => (branches.get(`${inc}.${dev}.${n}`) ?? 0) > 1).map(({ inc, dev }) => `${inc}.${dev}`));
  const again: OperationRecord[] = [];
  for (const record of records) {
    const { wait: _wait, aside: _aside, mended: _mended, ...rest } = record;
    const ranges = have.get(record.inc)?.get(record.dev) ?? [];
    const there = !forked.has(`${record.inc}.${record.dev}`) && ranges.some(([from, to]) => from <= record.n && record.n <= to);
    const next: OperationRecord = { ...rest, held: false, seq: null, ...(!there && { wait: 1 as const }) };
    await tx.objectStore('ops').put(next);
    again.push(next);
  }
  return again;
}

export async function setAside(tx: Tx, { inc, dev, n, h }: OperationRecord, code: string): Promise<OperationRecord[]> {
  const record = await tx.objectStore('ops').get([inc, dev, n, h]);
  if (record === undefined) return [];
  const { wait: _wait, ...rest } = record;
  const next = { ...rest, aside: code };
  await tx.objectStore('ops').put(next);
  return [next];
}
