/* Writing deeds, inside one transaction of the store: n, lam, chain, head.
   One rule: what is written here can never be refused for its form, so a deed with a flaw is refused before it is an operation. */

import { decode64, encode64 } from '../core/base64';
import { digest, link, rootOf } from '../core/chain';
import { flaw, wellFormed, type Operation } from '../core/operation';
import { raised } from '../core/order';
import type { HeadRecord, OperationRecord } from './records';
import type { Tx } from './schema';

export interface Deed {
  inc: string;
  kind: string;
  target: string;
  refs: readonly string[];
  body: Record<string, unknown>;
}

/** A deed that no operation can hold: too long, or with half an emoji in it. */
export class DeedError extends Error {
  override readonly name = 'DeedError';
}

export async function writeDeeds(tx: Tx, deeds: readonly Deed[], t: number): Promise<OperationRecord[]> {
  const phone = await tx.objectStore('phone').get('phone');
  if (phone === undefined) throw new DeedError('this phone has not joined');
  const written: OperationRecord[] = [];
  for (const deed of deeds) {
    const held = await tx.objectStore('heads').get(deed.inc);
    const head = held?.dev === phone.device ? held : begun(deed.inc, phone.device, held);
    const record = chained(head, deed, t);
    await tx.objectStore('ops').add(record);
    await tx.objectStore('heads').put({ ...head, n: record.n, h: record.h, ...raised(head, record.op[3]) });
    written.push(record);
  }
  return written;
}

/** The head of an incident that this device has not written in yet. */
export function begun(inc: string, dev: string, held?: HeadRecord): HeadRecord {
  return { lam: 0, beyond: [], seq: 0, head: 0, ...held, inc, dev, n: 0, h: encode64(rootOf(inc, dev)) };
}

function chained(head: HeadRecord, { inc, kind, target, refs, body }: Deed, t: number): OperationRecord {
  const text = JSON.stringify(body, (_, value: unknown) => {
    if (typeof value === 'string' && !wellFormed(value)) throw new DeedError('half an emoji');
    return value;
  });
  const n = head.n + 1;
  const op: Operation = [1, head.dev, n, head.lam + 1, Math.max(0, Math.round(t)), inc, kind, target, refs.join(','), text];
  const problem = flaw(op);
  if (problem !== null) throw new DeedError(problem);
  const previous = decode64(head.h);
  if (previous === null) throw new DeedError('the head of the chain is broken');
  const h = encode64(link(previous, digest(op)));
  return { inc, dev: head.dev, n, h, op, own: true, prev: head.h, held: false, seq: null, received: null, offset: null, verdict: 'ok', wait: 1 };
}
