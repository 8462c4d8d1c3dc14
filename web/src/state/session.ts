/* From a cold start to a phone that has joined, and back again after the browser has thrown its store away.
   One rule: the screen comes from the disk; the network is asked afterwards and never waited for. */

import type { Language } from '../core/checklist';
import { hint, hinted } from '../device/hint';
import { Installer } from '../device/install';
import { comeBackTo, joinWith, type Joined } from '../device/joining';
import { shellAnswers } from '../device/readiness';
import { BlockedError, StorageError } from '../device/database';
import { Root, Store } from '../device/store';
import { Updates } from '../device/updates';
import { api, build, choose, chosenRoom, closeRoom, leaveRoom, lookAtReadiness, openRoom, refresh, startRoom, wakeRooms, type Room } from './rooms';
import { install, language, library, now, organisations, phase, readiness, updateReady, updateWaiting } from './signals';
import { loadShelf } from './shelf';
import type { JoinResult } from './views';

const clockMs = 15_000;
const root = new Root();
const updates = new Updates(
  ready => (updateWaiting.value = ready),
  () => void lookAtReadiness(),
);
let installer: Installer | null = null;

/** Called once, by main.tsx. */
export async function start(): Promise<void> {
  installer = new Installer(state => (install.value = state));
  install.value = installer.state();
  setInterval(() => (now.value = Date.now()), clockMs);
  if (!isSecureContext) {
    phase.value = 'insecure';
    return;
  }
  void updates.begin();
  try {
    await Promise.all([
      root.get<Language | null>('language', null).then(spoken => (language.value = spoken ?? (/^en\b/.test(navigator.language) ? 'en' : 'sv'))),
      root.get<number | null>('offlineTested', null).then(offlineTested => (readiness.value = { ...readiness.value, offlineTested })),
      openAll(),
    ]);
  } catch (error) {
    phase.value = 'blocked';
    if (!(error instanceof BlockedError || error instanceof StorageError)) throw error;
    return;
  }
  window.addEventListener('online', wakeRooms);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible') return;
    now.value = Date.now();
    wakeRooms();
  });
}

export function setLanguage(to: Language): void {
  language.value = to;
  void root.set('language', to);
}

export async function chooseOrganisation(id: string): Promise<void> {
  const room = await openRoom(id);
  if (room === null) return;
  await root.set('chosen', id);
  await choose(room);
  startRoom(room);
}

/** `code` may be a whole joining link. `progress` follows the first fetch of the library. */
export async function join(code: string, name: string, progress: (done: number, of: number, what: string) => void): Promise<JoinResult> {
  const joined = await joinWith(root, api, code, name, build);
  if ('refused' in joined) return { ok: false, code: joined.refused, message: joined.message };
  const room = await settle(joined);
  await refresh(room, progress);
  startRoom(room);
  return { ok: true };
}

/** The store was wiped and the cookie was not: the same member goes on under a new device id. */
export async function comeBack(): Promise<boolean> {
  let first: Room | null = null;
  for (const id of hinted()) {
    const joined = await comeBackTo(api, id, await root.get('name', ''), build);
    if (joined === null) continue;
    const room = await settle(joined);
    await refresh(room);
    startRoom(room);
    first ??= room;
  }
  return first !== null;
}

/** Takes one organisation off this phone: after a revocation, when its unsent work has been exported. */
export async function forgetOrganisation(id: string): Promise<void> {
  await closeRoom(id);
  await keepList();
  const [next] = organisations.value;
  if (next === undefined) phase.value = 'new';
  else await chooseOrganisation(next.id);
}

/** Which incident is on the screen: it is fetched first. */
export function lookAt(inc: string | null): void {
  if (organisations.value.length > 0) chosenRoom().loop.look(inc);
}

export function syncNow(): void {
  wakeRooms();
}

/** The airplane-mode self test: the app's shell, the library and the log answer from the phone itself, with the network not used. */
export async function testOffline(): Promise<boolean> {
  const { store } = chosenRoom();
  const ok = (await shellAnswers()) && (await loadShelf(store)) && (library.value?.contacts ?? null) !== null && (await store.readLog()).people.length > 0;
  if (ok) await root.set('offlineTested', Date.now());
  readiness.value = { ...readiness.value, offlineTested: ok ? Date.now() : null };
  await lookAtReadiness();
  return ok;
}

export async function askPersistence(): Promise<boolean> {
  await lookAtReadiness(true);
  return readiness.value.persisted === true;
}

export async function promptInstall(): Promise<void> {
  await installer?.prompt();
}

/** Starts the new build, by a person's tap, and not in the middle of an incident. */
export function applyUpdate(): void {
  if (updateReady.value) updates.apply();
}

async function openAll(): Promise<void> {
  const [ids, last] = await Promise.all([root.get<string[]>('organisations', []), root.get<string | null>('chosen', null)]);
  const opened: Room[] = [];
  for (const id of ids) {
    const room = await openRoom(id);
    if (room !== null) opened.push(room);
  }
  const room = opened.find(each => each.store.organisation === last) ?? opened[0];
  if (room === undefined) {
    phase.value = hinted().length > 0 || ids.length > 0 ? 'wiped' : 'new';
    return;
  }
  await choose(room);
  hint(opened.map(each => each.store.organisation));
  for (const each of opened) startRoom(each);
}

async function settle(joined: Joined): Promise<Room> {
  const { id } = joined.membership.organisation;
  leaveRoom(id);
  const store = new Store(id);
  await store.adopt(joined.identity, joined.membership, joined.epoch, joined.offset);
  store.close();
  const room = await openRoom(id);
  if (room === null) throw new BlockedError('the store did not keep what was written');
  await root.set('name', joined.membership.name);
  await root.set('chosen', id);
  await choose(room);
  await keepList();
  return room;
}

async function keepList(): Promise<void> {
  const ids = organisations.value.map(each => each.id);
  await root.set('organisations', ids);
  hint(ids);
}
