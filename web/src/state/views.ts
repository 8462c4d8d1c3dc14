/* The shapes that screens draw: plain values, no functions. One rule: what is not known is null, never a guess. */

import type {
  ChecklistDocument,
  ContactFunction,
  ContactsDocument,
  ExercisesDocument,
  Manifest,
  ManifestEntry,
  MessagesDocument,
  Person,
  VocabularyDocument,
} from '../core/checklist';
import type { Operation } from '../core/operation';
import type { RosterDocument } from '../core/roster';

/** insecure: no secure context. wiped: the cookie says this phone had joined, but its store is empty. blocked: IndexedDB cannot be opened. */
export type Phase = 'starting' | 'insecure' | 'new' | 'joined' | 'wiped' | 'blocked' | 'revoked';
export interface Organisation {
  id: string;
  name: string;
  member: { id: string; name: string; roles: string[] };
  device: string;
}
export interface LibraryView {
  manifest: Manifest;
  checklists: Map<string, { entry: ManifestEntry; document: ChecklistDocument }>;
  /** Drafts that are tried on this phone, under "~id"; version 0. */
  trials: Map<string, { entry: ManifestEntry; document: ChecklistDocument }>;
  contacts: ContactsDocument | null;
  /** By the id of a function or of one of its persons; `person` is null for the function itself. */
  functions: Map<string, { fn: ContactFunction; person: Person | null }>;
  messages: MessagesDocument | null;
  vocabulary: VocabularyDocument | null;
  exercises: ExercisesDocument | null;
  roster: RosterDocument | null;
  /** The address of the organisation's logo, '' without one. */
  logo?: string;
  /** Names by member id. */
  members: Map<string, string>;
  fetched: number;
}
export type SyncProblem = 'storage-full' | 'server' | 'portal' | 'session';
export interface SyncView {
  state: 'safe' | 'waiting' | 'sending' | 'offline' | 'never';
  /** When all was last known to be with the team, ms. */
  at: number | null;
  /** Offline since, ms. */
  since: number | null;
  unsent: number;
  /** The corrected time of the oldest unsent deed, ms. */
  oldest: number | null;
  /** Deeds of mine that were set aside or wait for a person. */
  waiting: number;
  progress?: { have: number; of: number };
  problem?: SyncProblem;
}
export interface ReadinessView {
  worker: boolean;
  library: boolean;
  persisted: boolean | null;
  stored: boolean;
  offlineTested: number | null;
  ready: boolean;
  missing: string[];
}
export interface InstallView {
  canPrompt: boolean;
  installed: boolean;
  ios: boolean;
}
export interface UnsentView {
  inc: string;
  title: string;
  text: string;
  op: Operation;
  time: number;
  reason?: string;
}
export type JoinResult = { ok: true } | { ok: false; code: 'code' | 'expired' | 'used' | 'limit' | 'network' | 'device' | 'other'; message: string };
