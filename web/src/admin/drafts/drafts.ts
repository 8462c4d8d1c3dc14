/* What the server says of drafts and of the shelf they are written from, as it says it. Shapes only.
   One rule: what is not known is null, never a guess. */
import type {
  ChecklistDocument,
  ContactFunction,
  ContactsDocument,
  Manifest,
  ManifestEntry,
  Member,
  MessagesDocument,
  Person as ContactPerson,
  VocabularyDocument,
} from '../../core/checklist';
import type { LibraryView } from '../../state';
import type { Settings } from '../state';

export interface Person {
  id: string;
  name: string;
}
export interface Finding {
  code: string;
  message: string;
  severity: 'error' | 'advice';
  phase: string | null;
  step: string | null;
  field: string | null;
}
export interface Remark {
  id: number;
  /** '': about the whole. */
  step: string;
  /** The step's, as they were then. */
  words: string;
  text: string;
  by: Person;
  at: number;
  settled: boolean;
}
export interface Aside {
  text: number;
  saved: number;
  saved_by: Person;
  why: 'conflict' | 'discarded';
}
export interface DraftView {
  checklist: string;
  revision: number;
  /** The version it began from; 0: none. */
  base: number;
  document: ChecklistDocument;
  stage: 'writing' | 'handed' | 'returned' | 'approved';
  saved: number;
  saved_by: Person;
  /** Whose words are in it: none of them may judge it. */
  writers: Person[];
  handed: { by: Person; to: Person | null; at: number; note: string } | null;
  verdict: { by: Person; at: number; note: string; what: 'approved' | 'returned' } | null;
  asides: Aside[];
  remarks: Remark[];
  findings: Finding[];
  published: ChecklistDocument | null;
  /** On the reader's own phones; `same`: it is this text. */
  trial: { sent: number; phones: number; same: boolean } | null;
}
export interface SavedDraft {
  revision: number;
  saved: number;
  findings: Finding[];
}
export interface Shelf {
  manifest: Manifest;
  contacts: ContactsDocument | null;
  messages: MessagesDocument | null;
  vocabulary: VocabularyDocument | null;
  members: Member[];
  settings: Settings;
}

/** The shelf as the phone's own parts want it. Of the other cards only their names are known here. */
export function lentView(shelf: Shelf): LibraryView {
  const functions = new Map<string, { fn: ContactFunction; person: ContactPerson | null }>();
  for (const fn of shelf.contacts?.functions ?? []) for (const person of fn.persons) functions.set(person.id, { fn, person });
  for (const fn of shelf.contacts?.functions ?? []) functions.set(fn.id, { fn, person: null });
  return {
    manifest: shelf.manifest,
    checklists: new Map(shelf.manifest.checklists.map(entry => [entry.id, { entry, document: named(entry) }])),
    trials: new Map(),
    contacts: shelf.contacts,
    functions,
    messages: shelf.messages,
    vocabulary: shelf.vocabulary,
    exercises: null,
    roster: null,
    members: new Map(shelf.members.map(member => [member.id, member.name])),
    fetched: 0,
  };
}

function named({ id, title, kind, order, review_by }: ManifestEntry): ChecklistDocument {
  return {
    ...{ type: 'checklist', id, kind: kind === 'role-card' ? kind : 'action-card', edition: '', order, title: { sv: title }, review_by },
    ...{ tags: { sv: [] }, audience: [], owner: '', reviewed: '', trigger: { sv: '' }, not_for: { sv: '' }, goal: { sv: '' }, immediate: [], phases: [] },
  };
}
