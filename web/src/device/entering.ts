/* Proving who we are: a new session by the device's key, a new name when a clone uses ours.
   One rule: the key is the credential; what cannot be had now is asked for again, and nothing is ever wiped for the lack of it. */

import { readChallenge, readJoined } from './answer';
import type { Api } from './api';
import { makeIdentity, signSession } from './keys';
import type { Phone } from './schema';
import type { Store } from './store';

/** `session`: there is none, and this could not help. */
export type Entry = 'in' | 'unreachable' | 'session' | 'server' | 'portal';

/** A phone whose cookie has gone lets itself in, and nobody has to find an administrator at night. */
export async function enter(store: Store, api: Api): Promise<Entry> {
  const device = (await store.phone())?.device;
  const identity = device === undefined ? undefined : await store.identity(device);
  if (identity === undefined) return 'session';
  const path = `/api/o/${store.organisation}`;
  const asked = await api.post(`${path}/challenge`, { device: identity.device });
  if (asked.kind === 'unreachable') return 'unreachable';
  const challenge = asked.kind === 'answer' && asked.status === 200 ? readChallenge(asked.body) : null;
  if (challenge === null) return 'session';
  const sig = await signSession(identity, store.organisation, challenge);
  const reply = await api.post(`${path}/session`, { device: identity.device, challenge, sig });
  if (reply.kind === 'unreachable') return 'unreachable';
  return reply.kind === 'answer' && reply.status === 204 ? 'in' : 'session';
}

/** Another phone goes by our name (a cloned profile): this one takes a new name, and what it wrote stays as it is. */
export async function takeNewName(store: Store, api: Api, { membership }: Phone, build: string): Promise<Entry> {
  const identity = await makeIdentity();
  const reply = await api.post(`/api/o/${store.organisation}/devices`, { device: identity.device, key: identity.point, name: membership.name, build });
  if (reply.kind === 'unreachable') return 'unreachable';
  if (reply.kind !== 'answer') return 'portal';
  if (reply.status !== 201) return reply.status === 401 ? 'session' : 'server';
  await store.adopt(identity, { ...membership, member: readJoined(reply.body)?.member ?? membership.member }, null, null);
  return 'in';
}
