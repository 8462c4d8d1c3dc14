/* The library as screens want it: built from the manifest and the documents on this phone.
   One rule: a document that is not here is left out of the view, and readiness says so. */

import {
  hashesOf,
  type ChecklistDocument,
  type ContactFunction,
  type ContactsDocument,
  type ExercisesDocument,
  type LogoDocument,
  type MembersDocument,
  type MessagesDocument,
  type Person,
  type VocabularyDocument,
} from '../core/checklist';
import type { RosterDocument } from '../core/roster';
import type { Incident } from '../core/shapes';
import type { Store } from '../device/store';
import { documents, library } from './signals';
import type { LibraryView } from './views';

interface Documents {
  checklist: ChecklistDocument;
  contacts: ContactsDocument;
  messages: MessagesDocument;
  exercises: ExercisesDocument;
  vocabulary: VocabularyDocument;
  members: MembersDocument;
  roster: RosterDocument;
  logo: LogoDocument;
}
type AnyDocument = Documents[keyof Documents];

/** Parsed once: a document never changes. */
const parsed = new Map<string, AnyDocument>();
const texts = new Map<string, string>();

/** Reads the library from the disk into the signals; whether it is whole. */
export async function loadShelf(store: Store): Promise<boolean> {
  const [shelf, records] = await Promise.all([store.shelf(), store.documents()]);
  const checklists = new Map<string, ChecklistDocument>();
  const here = new Set<string>();
  for (const { hash, text } of records) {
    const document = parse(hash, text);
    if (document === null) continue;
    here.add(hash);
    if (document.type === 'checklist') checklists.set(hash, document);
  }
  documents.value = checklists;
  if (shelf === undefined) {
    library.value = null;
    return false;
  }
  const { manifest, fetched } = shelf;
  const contacts = find(manifest.contacts, 'contacts');
  const view: LibraryView = {
    manifest,
    contacts,
    fetched,
    checklists: new Map(),
    trials: new Map(),
    functions: functionsOf(contacts?.functions ?? []),
    messages: find(manifest.messages, 'messages'),
    vocabulary: find(manifest.vocabulary, 'vocabulary'),
    exercises: find(manifest.exercises, 'exercises'),
    roster: find(manifest.roster ?? '', 'roster'),
    logo: addressOf(find(manifest.logo ?? '', 'logo')),
    members: new Map(find(manifest.members, 'members')?.members.map(member => [member.id, member.name])),
  };
  for (const entry of manifest.checklists) {
    const document = checklists.get(entry.hash);
    if (document !== undefined) view.checklists.set(entry.id, { entry, document });
  }
  for (const trial of manifest.trials ?? []) {
    const document = checklists.get(trial.hash);
    const id = `~${trial.id}`;
    if (document !== undefined) view.trials.set(id, { entry: { ...trial, id, published: trial.sent, published_by: '', review_by: '' }, document });
  }
  library.value = view;
  return hashesOf(manifest).every(hash => here.has(hash));
}

/** Every version that an incident names. */
export function hashesInUse(incidents: Iterable<Incident>): Set<string> {
  const used = new Set<string>();
  for (const { cards } of incidents)
    for (const card of cards) {
      if (card.hash !== '') used.add(card.hash);
      for (const head of card.rebase.heads) used.add(head.value.hash);
    }
  return used;
}

/** As it was written, byte for byte; null when this phone lacks it. */
export function documentText(hash: string): string | null {
  return texts.get(hash) ?? null;
}

function parse(hash: string, text: string): AnyDocument | null {
  const held = parsed.get(hash);
  if (held !== undefined) return held;
  try {
    const document = JSON.parse(text) as AnyDocument;
    parsed.set(hash, document);
    texts.set(hash, text);
    return document;
  } catch {
    return null;
  }
}

function find<K extends keyof Documents>(hash: string, type: K): Documents[K] | null {
  const document = parsed.get(hash);
  return document !== undefined && document.type === type ? (document as Documents[K]) : null;
}

/** A picture's address: the picture itself. */
function addressOf(logo: LogoDocument | null): string {
  return logo === null ? '' : `data:${logo.media};base64,${logo.data.replaceAll('-', '+').replaceAll('_', '/')}`;
}

function functionsOf(functions: readonly ContactFunction[]): Map<string, { fn: ContactFunction; person: Person | null }> {
  const byId = new Map<string, { fn: ContactFunction; person: Person | null }>();
  for (const fn of functions) for (const person of fn.persons) byId.set(person.id, { fn, person });
  for (const fn of functions) byId.set(fn.id, { fn, person: null });
  return byId;
}
