/* What is published: the documents of the library, exactly as the server writes them, and how their texts are read.
   One rule: a document never changes; a text that lacks the wanted language falls back to Swedish, piece by piece. */

export type Language = 'sv' | 'en';
export interface Text {
  sv: string;
  en?: string;
}

export interface StepDefinition {
  id: string;
  text: Text;
  why?: Text;
  role?: string;
  /** Minutes from T-noll; negative: before it. */
  within?: number;
  /** Minutes between repetitions. */
  every?: number;
  when?: 'ongoing' | 'before';
  critical?: true;
  decision?: true;
  everyone?: true;
  call?: string[];
  message?: string;
  cards?: string[];
  sources?: string[];
}
export interface PhaseDefinition {
  id: string;
  title: Text;
  mode: 'read-do' | 'do-confirm';
  pause?: Text;
  steps: StepDefinition[];
}
export interface ChecklistDocument {
  type: 'checklist';
  id: string;
  kind: 'action-card' | 'role-card';
  edition: string;
  order: string;
  role?: string;
  title: Text;
  tags: { sv: string[]; en?: string[] };
  audience: string[];
  owner: string;
  reviewed: string;
  review_by: string;
  status?: string;
  trigger: Text;
  not_for: Text;
  goal: Text;
  mission?: Text;
  reports_to?: Text;
  takes_over_from?: Text;
  hands_over_to?: Text;
  immediate: Text[];
  phases: PhaseDefinition[];
}
export interface MessageTemplate {
  id: string;
  title: Text;
  channels: string[];
  approve?: string;
  max_chars?: number;
  reviewed: string;
  text: Text;
  fields: { id: string; label: Text; example?: Text }[];
  tips: Text[];
}
export interface MessagesDocument {
  type: 'messages';
  messages: MessageTemplate[];
}
export interface PhoneNumber {
  number: string;
  dial: string;
  label?: string;
}
export interface Person {
  id: string;
  name: string;
  numbers: PhoneNumber[];
  email?: string;
  rakel?: string;
  address?: string;
  verified?: string;
  verified_by?: string;
  interval_days?: number;
  private?: true;
  notes?: string;
}
export interface ContactFunction {
  id: string;
  title: Text;
  kind: string;
  category: string;
  role?: string;
  organisation?: string;
  hours?: string;
  about?: Text;
  persons: Person[];
}
export interface ContactsDocument {
  type: 'contacts';
  functions: ContactFunction[];
}
export interface ExercisesDocument {
  type: 'exercises';
  exercises: ({ id: string } & Record<string, unknown>)[];
}
export interface Role {
  id: string;
  title: Text;
  staff?: string;
  task: Text;
}
export interface Source {
  id: string;
  title: string;
  url?: string;
  status: string;
  note?: string;
}
export interface VocabularyDocument {
  type: 'vocabulary';
  roles: Role[];
  phases: { id: string; title: Text }[];
  sources: Source[];
}
export interface Member {
  id: string;
  name: string;
  roles: string[];
}
export interface MembersDocument {
  type: 'members';
  members: Member[];
}
export interface ManifestEntry {
  id: string;
  version: number;
  hash: string;
  title: string;
  kind: string;
  order: string;
  published: number;
  published_by: string;
  review_by: string;
  changes?: string;
}
export interface LogoDocument {
  type: 'logo';
  media: string;
  /** base64url */
  data: string;
}
/** A draft that its author tries on this phone; nobody has published it. */
export interface TrialEntry {
  id: string;
  version: number;
  hash: string;
  title: string;
  kind: string;
  order: string;
  sent: number;
}
export interface Manifest {
  hash: string;
  /** What the organisation has chosen; what is missing is as the app does by itself. */
  organisation: { id: string; name: string; emergency: string[]; languages?: string[]; staff?: Text | null; contact_days?: number };
  checklists: ManifestEntry[];
  members: string;
  contacts: string;
  messages: string;
  exercises: string;
  vocabulary: string;
  /** Empty or missing: there is none. */
  roster?: string;
  logo?: string;
  trials?: TrialEntry[];
}

/** The text in the wanted language, else in Swedish; '' when there is none. */
export function text(value: Text | undefined, language: Language): string {
  return value === undefined ? '' : (value[language] ?? value.sv);
}

export type Reference = { kind: 'call' | 'card' | 'role'; id: string };

/** A text cut at its references: plain pieces are strings, `[[call:ID]]` and the like become references. */
export function pieces(value: string): (string | Reference)[] {
  const found: (string | Reference)[] = [];
  let from = 0;
  for (const match of value.matchAll(/\[\[(call|card|role):([^\]\s]+)\]\]/g)) {
    if (match.index > from) found.push(value.slice(from, match.index));
    found.push({ kind: match[1] as Reference['kind'], id: match[2] ?? '' });
    from = match.index + match[0].length;
  }
  if (from < value.length) found.push(value.slice(from));
  return found;
}

/** Every document hash a manifest needs to be whole. */
export function hashesOf(manifest: Manifest): string[] {
  const { members, contacts, messages, exercises, vocabulary, roster, logo, trials = [] } = manifest;
  const all = [...[...manifest.checklists, ...trials].map(entry => entry.hash), contacts, messages, vocabulary, members, exercises, roster, logo];
  return [...new Set(all)].filter((hash): hash is string => typeof hash === 'string' && hash !== '');
}
