/* The members as the server tells them, and how they are searched and narrowed. Pure. One rule: what a phone lacks is the server's to say. */
import { plain } from '../../core/search';
import type { Text } from '../../core/checklist';
import type { Phone } from './board';

export const ROLES = ['leader', 'editor', 'admin'] as const;
export type Role = (typeof ROLES)[number];
export interface Invitation {
  created: number;
  expires: number;
  used: number | null;
}
export interface Member {
  id: string;
  name: string;
  email: string | null;
  roles: Role[];
  phones: Phone[];
  invitation: Invitation | null;
  desk: { credentials: number; last: number | null };
}
export interface Gone {
  id: string;
  name: string;
  removed: number;
  phones: Phone[];
}
export interface People {
  members: Member[];
  gone: Gone[];
}
export interface Sheet {
  name: string;
  /** '' when it is not known. */
  email: string;
  code: string;
  link: string;
  expires: number;
  /** The side of its square, and its dark squares as a path. */
  qr: [size: number, path: string];
}
/** name, address ('': none), the member that is already, how many of their phones are in use */
export type Recognised = [name: string, email: string, member: string | null, phones: number];
export type Fault = [line: number, text: string, why: 'no-name' | 'long-name' | 'email' | 'twice' | 'many'];
export interface Understood {
  people: Recognised[];
  faults: Fault[];
}
export interface Candidate {
  id: string;
  name: string;
  title: Text;
  email: string;
  member: string | null;
  phones: number;
}

/** Addresses that no member's id can be. */
export const NEW = '~ny';
export const MANY = '~bjud-in';

export const SORTS = ['all', 'leader', 'desk', 'bare'] as const;
export type Sort = (typeof SORTS)[number];

export function isOf(sort: Sort, { roles, phones }: Member): boolean {
  if (sort === 'leader') return roles.includes('leader');
  if (sort === 'desk') return roles.includes('editor') || roles.includes('admin');
  return sort === 'all' || (roles.includes('leader') && inUse(phones).length === 0);
}

export function inUse(phones: readonly Phone[]): Phone[] {
  return phones.filter(phone => phone.revoked === null);
}

/** Every word is a part of the name or the address. */
export function findMembers(members: readonly Member[], query: string, sort: Sort): Member[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  return members.filter(member => {
    const text = plain(`${member.name} ${member.email ?? ''}`);
    return isOf(sort, member) && words.every(word => text.includes(word));
  });
}

export function byName<T extends { name: string }>(of: readonly T[]): T[] {
  const order = new Intl.Collator('sv');
  return [...of].sort((a, b) => order.compare(a.name, b.name));
}

/** Of a member: when a phone or a desk of theirs last was heard of. */
export function lastHeard({ phones, desk }: Member): number | null {
  const times = [...phones.map(phone => phone.seen), ...(desk.last === null ? [] : [desk.last])];
  return times.length === 0 ? null : Math.max(...times);
}

/** "ABCD-EFGH", as it is read aloud. */
export function spaced(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** A file of lines: UTF-8, else as older Excel writes it. */
export function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
