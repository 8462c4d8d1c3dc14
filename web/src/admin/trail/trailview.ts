/* What the server tells of the audit trail, and its befores and afters as rows that people can read. One rule: what has no words of its own is shown as it is. */
import type { Text } from '../../core/checklist';

export interface Entry {
  number: number;
  at: number;
  member: string;
  name: string;
  seat: string;
  deed: string;
  about: string;
  title: string;
  before: unknown;
  after: unknown;
  way: string | null;
  agent: string | null;
  seated: number | null;
}
export interface TrailPage {
  entries: Entry[];
  /** The number to ask on from, 0: this was all. */
  more: number;
  doers: { id: string; name: string }[];
  deeds: string[];
}
export interface Filter {
  words: string;
  who: string;
  /** A kind of deeds: the nouns in it, joined by commas. */
  deed: string;
  from: string;
  to: string;
}
export const EVERYTHING: Filter = { words: '', who: '', deed: '', from: '', to: '' };

/** The nouns of deeds, as they belong together for who looks for something. */
export const KINDS = {
  checklists: 'checklist,draft,remark,library',
  contacts: 'contact,contacts,letter',
  roster: 'roster',
  members: 'member,members,phone,phones',
  entrance: 'seat,seats,credential,entrance,link',
  settings: 'settings,vocabulary,logo,organisation',
  trail: 'trail',
} as const;
export type Kind = keyof typeof KINDS;

export function kindOf(deed: string): Kind | null {
  const [noun = ''] = deed.split('.');
  return (Object.keys(KINDS) as Kind[]).find(kind => KINDS[kind].split(',').includes(noun)) ?? null;
}

/** 'q=…&who=…', without what is not chosen. Dates are whole days where the reader is. */
export function queryOf({ words, who, deed, from, to }: Filter): string {
  const asked = new URLSearchParams();
  if (words.trim() !== '') asked.set('q', words.trim());
  if (who !== '') asked.set('who', who);
  if (deed !== '') asked.set('deed', deed);
  const [since, until] = [from === '' ? NaN : new Date(`${from}T00:00`).getTime(), to === '' ? NaN : new Date(`${to}T24:00`).getTime()];
  if (since > 0) asked.set('from', String(since));
  if (until > 0) asked.set('to', String(until));
  return asked.toString();
}

export interface Difference {
  /** The keys that lead to it: ['roles', 'stabschef', 'title', 'sv']. */
  path: string[];
  before: unknown;
  after: unknown;
}

/** Leaf by leaf; what is the same on both sides is left out. */
export function differences(before: unknown, after: unknown): Difference[] {
  const [old, young] = [leaves(before), leaves(after)];
  const keys = [...new Set([...old.keys(), ...young.keys()])];
  return keys
    .map(key => ({ path: JSON.parse(key) as string[], before: old.get(key), after: young.get(key) }))
    .filter(each => JSON.stringify(each.before) !== JSON.stringify(each.after));
}

function leaves(value: unknown, path: string[] = []): Map<string, unknown> {
  if (value === null || value === undefined) return new Map();
  if (isPairs(value)) return leaves(Object.fromEntries(value), path);
  if (isLeaf(value) || (Array.isArray(value) && value.every(isLeaf))) return new Map([[JSON.stringify(path), value]]);
  return new Map(Object.entries(value).flatMap(([key, inner]) => [...leaves(inner, [...path, key])]));
}

function isLeaf(value: unknown): boolean {
  return typeof value !== 'object' || value === null || isText(value);
}

/** Words in Swedish, and perhaps in English: told as one thing. */
export function isText(value: unknown): value is Text {
  return typeof value === 'object' && value !== null && 'sv' in value && typeof value.sv === 'string';
}

/** [["phone1", "08-…"], …]: told as rows of two. */
function isPairs(value: unknown): value is [string, unknown][] {
  return Array.isArray(value) && value.length > 0 && value.every(each => Array.isArray(each) && each.length === 2 && typeof each[0] === 'string');
}

/** A number told in a deed, 0 when there is none. */
export function told(value: unknown, key: string): number {
  const found = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return typeof found === 'number' ? found : 0;
}

export function saidIn(value: unknown, key: string): string {
  const found = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return typeof found === 'string' ? found : '';
}
