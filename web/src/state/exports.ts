/* Carrying work out of the phone as a file: the same lines of JSON as the server's own export, proved by their seals.
   One rule: what is exported is exactly what was written, nothing drawn or translated. */

import { compare } from '../core/order';
import { hashesInUse, documentText } from './shelf';
import { ownUnsettled, personOf, recordsOf, sealsOf } from './logs';
import { chosenRoom } from './rooms';
import { folded, nameOf } from './signals';
import type { OperationRecord, SealRecord } from '../device/records';

/** What is not with the team (or was not accepted there): a server can take it in, whoever carries it. */
export function exportUnsent(): Blob {
  const records = ownUnsettled();
  const incs = [...new Set(records.map(record => record.inc))];
  return lines(
    {},
    [],
    records,
    incs.flatMap(sealsOf).filter(seal => covers(seal, records)),
  );
}

/** The whole incident as this phone has it. */
export function exportIncident(inc: string): Blob {
  const incident = folded.value.get(inc);
  return lines({ incident: inc }, incident === undefined ? [] : [...hashesInUse([incident])], recordsOf(inc), sealsOf(inc));
}

function lines(about: Record<string, string>, hashes: readonly string[], records: readonly OperationRecord[], seals: readonly SealRecord[]): Blob {
  const { store, phone } = chosenRoom();
  const devices = [...new Set(records.map(record => record.dev))];
  const rows: unknown[] = [{ type: 'header', v: 1, organisation: store.organisation, ...about, epoch: phone.epoch, exported: Date.now() }];
  for (const hash of hashes) {
    const text = documentText(hash);
    if (text !== null) rows.push({ type: 'document', hash, text });
  }
  for (const dev of devices) {
    const person = personOf(dev);
    if (person !== null) rows.push({ type: 'person', device: dev, member: person.member, name: nameOf(person.member, dev), key: person.key });
  }
  for (const { op, seq, received, offset, verdict, held } of [...records].sort(byPlace)) {
    rows.push({ type: 'operation', seq, op, received, offset, verdict: held ? verdict : 'unsent' });
  }
  for (const { seal } of seals) rows.push({ type: 'seal', seal });
  return new Blob(
    rows.map(row => `${JSON.stringify(row)}\n`),
    { type: 'application/x-ndjson' },
  );
}

function byPlace(a: OperationRecord, b: OperationRecord): number {
  return compare(a.inc, b.inc) || compare(a.dev, b.dev) || a.n - b.n || compare(a.h, b.h);
}

function covers({ inc, dev, from, to }: SealRecord, records: readonly OperationRecord[]): boolean {
  return records.some(record => record.inc === inc && record.dev === dev && from <= record.n && record.n <= to);
}
