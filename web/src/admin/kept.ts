/* Unsaved work at this desk: it survives a lost line, an ended seat and a closed tab. One rule: kept by organisation and member, never shown to another. */
import { Root } from '../device/store';
import { farewell, me, seatEnded, type Me } from './state';

const root = new Root();

/** Resolves when it is on the disk. */
export function keep(key: string, value: unknown): Promise<void> {
  return root.set(name(key), { value });
}

export async function kept<T>(key: string): Promise<T | null> {
  return (await root.get<{ value: T } | null>(name(key), null))?.value ?? null;
}

export function forget(key: string): Promise<void> {
  return root.set(name(key), null);
}

/** The organisation last sat in at this desk; before anybody has signed in. */
export const lastDesk = {
  read: (): Promise<string | null> => root.get<string | null>('desk', null),
  write: (organisation: string): Promise<void> => root.set('desk', organisation),
};

/** Called by whatever has signed somebody in. */
export function seated(who: Me): void {
  me.value = who;
  seatEnded.value = false;
  farewell.value = '';
  void lastDesk.write(who.organisation.id);
}

/** Called by whatever has signed somebody out who wanted it: the door is shown, and says so. */
export function left(where: 'here' | 'everywhere'): void {
  farewell.value = where;
  me.value = null;
  seatEnded.value = false;
}

function name(key: string): string {
  const who = me.value;
  if (who === null) throw new Error('nobody sits here');
  return `desk/${who.organisation.id}/${who.member.id}/${key}`;
}
