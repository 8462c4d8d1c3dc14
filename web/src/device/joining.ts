/* Joining an organisation with a code, and coming back to one when the store was wiped but the cookie was not.
   One rule: the key pair is on disk before the code is used, so that an answer lost on the way does not cost the code. */

import { readJoined, readRefusal } from './answer';
import type { Api } from './api';
import { makeIdentity } from './keys';
import type { Identity, Membership } from './records';
import type { Root } from './store';

export interface Joined {
  identity: Identity;
  membership: Membership;
  epoch: string | null;
  offset: number | null;
}
export type JoinRefusal = 'code' | 'expired' | 'used' | 'limit' | 'network' | 'device' | 'other';

const refusals: readonly string[] = ['code', 'expired', 'used', 'limit', 'device'];

export async function joinWith(root: Root, api: Api, code: string, name: string, build: string): Promise<Joined | { refused: JoinRefusal; message: string }> {
  const identity = (await root.get<Identity | null>('joining', null)) ?? (await makeIdentity());
  await root.set('joining', identity);
  const reply = await api.post('/api/join', { code: bare(code), device: identity.device, key: identity.point, name, build });
  if (reply.kind === 'unreachable') return { refused: 'network', message: '' };
  const joined = reply.kind === 'answer' && (reply.status === 201 || reply.status === 200) ? readJoined(reply.body) : null;
  if (joined === null || reply.kind !== 'answer') {
    const refusal = reply.kind === 'answer' ? readRefusal(reply.body) : null;
    const code = reply.kind === 'answer' && reply.status === 429 ? 'limit' : (refusal?.code ?? '');
    if (code === 'device') await root.set('joining', null);
    return { refused: refusals.includes(code) ? (code as JoinRefusal) : refusal === null ? 'network' : 'other', message: refusal?.message ?? '' };
  }
  await root.set('joining', null);
  return {
    identity,
    epoch: joined.epoch,
    offset: Math.round(joined.now - (reply.sentAt + reply.gotAt) / 2),
    membership: { organisation: joined.organisation, member: joined.member, name },
  };
}

/** The same member under a new device; null when the cookie does not let us in (or the network does not). */
export async function comeBackTo(api: Api, organisation: string, name: string, build: string): Promise<Joined | null> {
  const identity = await makeIdentity();
  const reply = await api.post(`/api/o/${organisation}/devices`, { device: identity.device, key: identity.point, name, build });
  if (reply.kind !== 'answer' || reply.status !== 201) return null;
  const joined = readJoined(reply.body);
  return {
    identity,
    epoch: joined?.epoch ?? null,
    offset: joined === null ? null : Math.round(joined.now - (reply.sentAt + reply.gotAt) / 2),
    membership: {
      organisation: joined?.organisation ?? { id: organisation, name: organisation },
      member: joined?.member ?? { id: '', name: '', roles: [] },
      name,
    },
  };
}

/** As typed by a tired person: a link, small letters, dashes, O for 0, I and L for 1. */
export function bare(code: string): string {
  return (code.split('/').pop() ?? '').toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
}
