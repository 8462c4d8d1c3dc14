/* The signals that screens read. One rule: only state/ writes them. */

import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { ChecklistDocument, Language, ManifestEntry } from '../core/checklist';
import type { Incident } from '../core/shapes';
import type { InstallView, LibraryView, Organisation, Phase, ReadinessView, SyncView, UnsentView } from './views';

export const phase = signal<Phase>('starting');
/** Every screen's clock, ms, moved each 15 s. */
export const now = signal(Date.now());
export const language = signal<Language>('sv');
export const organisations = signal<Organisation[]>([]);
export const organisation = signal<Organisation | null>(null);
export const library = signal<LibraryView | null>(null);
/** At a desk: the library that the phone's own parts draw from instead, so that a draft looks as it will. */
export const lent = signal<LibraryView | null>(null);
/** What parts draw from. */
export const shown: ReadonlySignal<LibraryView | null> = computed(() => lent.value ?? library.value);
/** Every checklist version on this phone, by hash. */
export const documents = signal<ReadonlyMap<string, ChecklistDocument>>(new Map());
export const folded = signal<ReadonlyMap<string, Incident>>(new Map());
export const sync = signal<SyncView>({ state: 'never', at: null, since: null, unsent: 0, oldest: null, waiting: 0 });
export const readiness = signal<ReadinessView>({
  worker: false,
  library: false,
  persisted: null,
  stored: false,
  offlineTested: null,
  ready: false,
  missing: [],
});
export const install = signal<InstallView>({ canPrompt: false, installed: false, ios: false });
/** A new build has been fetched. */
export const updateWaiting = signal(false);
export const unsent = signal<UnsentView[]>([]);
/** Member ids by device. */
export const people = signal<ReadonlyMap<string, string>>(new Map());

/** Open first, the latest active first. */
export const incidents: ReadonlySignal<Incident[]> = computed(() => [...folded.value.values()].sort(inOrderOfNeed));

/** A new build waits for a tap; never offered while an incident is open. */
export const updateReady: ReadonlySignal<boolean> = computed(
  () => updateWaiting.value && [...folded.value.values()].every(incident => incident.status !== 'open'),
);

export function incidentOf(inc: string): Incident | undefined {
  return folded.value.get(inc);
}

export function documentOf(hash: string): ChecklistDocument | undefined {
  return documents.value.get(hash);
}

/** A card by its id; a draft that is tried on this phone by "~" and its id. */
export function cardOf(id: string): { entry: ManifestEntry; document: ChecklistDocument } | undefined {
  return shown.value?.checklists.get(id) ?? shown.value?.trials.get(id);
}

/** A name for a member, found by the device when the member is not known; '' when neither is. */
export function nameOf(member: string, dev: string): string {
  const id = member || (people.value.get(dev) ?? '');
  const mine = organisation.value;
  return library.value?.members.get(id) ?? (mine !== null && mine.member.id === id ? mine.member.name : '');
}

function inOrderOfNeed(a: Incident, b: Incident): number {
  if (a.status !== b.status) return a.status === 'open' ? -1 : 1;
  return (b.latest?.time ?? 0) - (a.latest?.time ?? 0) || (a.inc < b.inc ? -1 : 1);
}
