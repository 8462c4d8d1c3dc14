/* Inviting many, while it goes on and when it is done. One rule: it outlives the page it was begun on, for the codes are told only once; and it is never kept on the disk. */
import { signal } from '@preact/signals';
import { get, post, remove, type Refused } from '../ask';
import type { Role, Sheet } from '../phones/people';
import { me } from '../state';

const POLL_MS = 300;

interface JobView {
  state: 'running' | 'done' | 'refused' | 'cancelled' | 'failed';
  done?: number;
  of?: number;
  result?: { sheets: Sheet[] };
  refusal?: { error: { code: string; message: string } };
}
export type Round =
  | { kind: 'none' }
  | { kind: 'working'; organisation: string; job: string; done: number; of: number }
  | { kind: 'made'; organisation: string; sheets: Sheet[] }
  | { kind: 'stopped'; organisation: string }
  | { kind: 'refused'; organisation: string; refused: Pick<Refused, 'code' | 'message'> };

const round = signal<Round>({ kind: 'none' });

/** As far as it concerns whoever sits here now. */
export function roundHere(): Round {
  return round.value.kind !== 'none' && round.value.organisation === me.value?.organisation.id ? round.value : { kind: 'none' };
}

export function forgetRound(): void {
  round.value = { kind: 'none' };
}

export async function inviteMany(people: readonly { name: string; email: string }[], roles: readonly Role[]): Promise<void> {
  const organisation = me.value?.organisation.id ?? '';
  round.value = { kind: 'working', organisation, job: '', done: 0, of: people.length };
  const members = people.map(({ name, email }) => ({ name, email: email === '' ? null : email, roles }));
  const got = await post<{ job: string }>('invitations', { members, roles });
  if (!got.ok) {
    round.value = { kind: 'refused', organisation, refused: got };
    return;
  }
  const { job } = got.value;
  for (;;) {
    const asked = await get<JobView>(`jobs/${job}`);
    if (!asked.ok && asked.code !== 'network') {
      round.value = { kind: 'refused', organisation, refused: asked };
      return;
    }
    if (asked.ok) {
      const { state, result, refusal, done = 0, of = people.length } = asked.value;
      if (state === 'done' && result !== undefined) round.value = { kind: 'made', organisation, sheets: result.sheets };
      else if (state === 'cancelled') round.value = { kind: 'stopped', organisation };
      else if (state !== 'running') round.value = { kind: 'refused', organisation, refused: refusal?.error ?? { code: 'internal', message: '' } };
      else round.value = { kind: 'working', organisation, job, done, of };
      if (state !== 'running') return;
    }
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
}

export async function stopInviting(): Promise<void> {
  if (round.value.kind === 'working' && round.value.job !== '') await remove(`jobs/${round.value.job}`);
}
