/* The form of the phone's databases: which stores, which keys. Types only; store.ts alone opens them.
   One rule: a store or an index is only ever added, under a new version number. */

import type { DBSchema, IDBPTransaction, StoreNames } from 'idb';
import type { Manifest } from '../core/checklist';
import type { DocumentRecord, HeadRecord, Identity, LooseRecord, Membership, OperationRecord, PersonRecord, SealRecord } from './records';

/** What the phone knows about itself in one organisation. */
export interface Phone {
  membership: Membership;
  /** The identity that writes now; older ones (before a fork) keep their keys. */
  device: string;
  epoch: string | null;
  /** Server's clock minus this one's, ms; null: never compared. */
  offset: number | null;
  /** When an exchange last came through, by this clock, ms. */
  reached: number | null;
  /** A clone uses our name: take a new one before anything else. */
  forked?: boolean;
  revoked?: boolean;
}
export interface Shelf {
  manifest: Manifest;
  etag: string | null;
  fetched: number;
}

export interface Schema extends DBSchema {
  phone: { key: string; value: Phone };
  library: { key: string; value: Shelf };
  identities: { key: string; value: Identity };
  heads: { key: string; value: HeadRecord };
  ops: { key: [string, string, number, string]; value: OperationRecord; indexes: { wait: number } };
  loose: { key: [string, string]; value: LooseRecord };
  seals: { key: [string, string, number, number, string]; value: SealRecord };
  people: { key: string; value: PersonRecord };
  documents: { key: string; value: DocumentRecord };
}
export interface RootSchema extends DBSchema {
  settings: { key: string; value: unknown };
}

export type StoreName = StoreNames<Schema>;
export type Tx<Mode extends IDBTransactionMode = 'readwrite'> = IDBPTransaction<Schema, StoreName[], Mode>;
/** A readwrite transaction where only reading is meant. */
export type ReadTx = IDBPTransaction<Schema, StoreName[], 'readonly'> | Tx;
