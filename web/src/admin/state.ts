/* What the desk knows of itself: who sits here, and whether the server answers. One rule: only ask.ts and kept.ts (`seated`, `left`) write these. */
import { signal } from '@preact/signals';
import type { Text } from '../core/checklist';

export interface Settings {
  id: string;
  name: string;
  emergency: string[];
  review_months: number;
  second_person: boolean;
  languages: string[];
  staff?: Text | null;
  levels?: Text[];
}
export interface Me {
  member: { id: string; name: string; roles: string[]; email: string | null };
  organisation: Settings;
  seat: string;
}

export const me = signal<Me | null>(null);
/** The seat ended under the page: one signs in again over it, and what was typed stays. */
export const seatEnded = signal(false);
/** Somebody has just signed out on purpose, and where; '' otherwise. */
export const farewell = signal<'' | 'here' | 'everywhere'>('');
/** Whether the last request was answered. */
export const reach = signal<'reached' | 'lost'>('reached');

export function may(role: 'admin' | 'editor' | 'leader'): boolean {
  const roles = me.value?.member.roles ?? [];
  return roles.includes(role) || (role === 'editor' && roles.includes('admin'));
}
