/* What lies in the store: one shape for each kind of record, and an operation record as the fold sees it.
   One rule: a record says who vouches for it: `held` is the server's word in this epoch, nothing else is. */

import { firstEight } from '../core/base64';
import type { Entry } from '../core/shapes';
import type { Operation, Seal } from '../core/operation';

export interface Identity {
  device: string;
  keys: CryptoKeyPair;
  /** The raw public point, base64url. */ point: string;
}

export interface Membership {
  organisation: { id: string; name: string };
  member: { id: string; name: string; roles: string[] };
  /** What the person calls this phone. */ name: string;
}

export interface OperationRecord {
  inc: string;
  dev: string;
  n: number;
  /** h_n, base64url. */
  h: string;
  op: Operation;
  /** Written by this phone; then `prev` is h_{n-1}. */
  own: boolean;
  prev?: string;
  /** The server has it, durably, in the epoch we know. */
  held: boolean;
  seq: number | null;
  received: number | null;
  offset: number | null;
  verdict: string;
  /** Why the server refuses even to look at it: set aside, and shown. */
  aside?: string;
  /** 1: to be pushed; 2: pushed, but a seal has to be made anew. Absent: nothing to do (and out of the index). */
  wait?: 1 | 2;
  /** A new seal has been made for it once; not again in this epoch. */
  mended?: true;
}

/** An operation that cannot be told yet, or the digest that stands in the place of a hidden one. */
export interface LooseRecord {
  inc: string;
  key: string;
  seq: number;
  op: Operation | null;
  received: number | null;
  offset: number | null;
  verdict: string;
}

export interface SealRecord {
  inc: string;
  dev: string;
  from: number;
  to: number;
  head: string;
  seal: Seal;
  own: boolean;
  sent: boolean;
}

export interface HeadRecord {
  inc: string;
  /** This phone's chain here; another device id in it means that the chain starts anew. */
  dev: string;
  n: number;
  h: string;
  lam: number;
  beyond: readonly number[];
  /** Complete up to `seq`; the server's log ended at `head`. */
  seq: number;
  head: number;
  /** After the server's time went backwards: look for what it lacks when the pull has come to its end. */
  recheck?: boolean;
  /** How many own seals the server has got here since the last one that spans. */
  seals?: number;
}

export interface PersonRecord {
  dev: string;
  member: string;
  key: string;
}

export interface DocumentRecord {
  hash: string;
  text: string;
}

export function idOfRecord(record: { dev: string; n: number; h: string }): string {
  return `${record.dev}.${record.n}.${firstEight(record.h)}`;
}

/** `offset`: this phone's own, for what it has not sent yet. */
export function entryOf(record: OperationRecord, members: ReadonlyMap<string, string>, offset: number | null): Entry {
  const verdict = record.verdict.startsWith('quar:') || record.verdict.startsWith('dead:') ? (record.verdict as Entry['verdict']) : 'ok';
  return {
    id: idOfRecord(record),
    op: record.op,
    saved: record.held ? 'team' : 'phone',
    verdict,
    received: record.received,
    member: members.get(record.dev) ?? '',
    offset: record.offset ?? (record.own ? offset : null),
  };
}
