/* One room for each organisation this phone has joined: its store, its loop, its library, its live stream, independent of the others.
   One rule: every room sends what it has; only the chosen one is drawn. */

import { batch } from '@preact/signals';
import { Api } from '../device/api';
import { Librarian, type Fetched, type Progress } from '../device/library';
import { Live } from '../device/live';
import { isPersisted, persist, workerActive } from '../device/readiness';
import type { Phone } from '../device/schema';
import { Store, type Change } from '../device/store';
import type { Status } from '../device/status';
import { Loop } from '../device/sync';
import { clearLogs, followChange, loadLogs, ownUnsettled } from './logs';
import { documents, folded, organisation, organisations, phase, readiness, sync } from './signals';
import { hashesInUse, loadShelf } from './shelf';
import type { Organisation, SyncView } from './views';

declare const __BUILD__: string;
export const build = typeof __BUILD__ === 'string' ? __BUILD__ : 'dev';
export const api = new Api();

export interface Room {
  store: Store;
  loop: Loop;
  live: Live;
  librarian: Librarian;
  phone: Phone;
  status: Status | null;
  libraryWhole: boolean;
}

const rooms = new Map<string, Room>();
let chosen: Room | null = null;
/** What was last known of this phone's readiness. */
let said = '';

export function chosenRoom(): Room {
  if (chosen === null) throw new Error('no organisation is chosen');
  return chosen;
}

/** Opens the organisation's store and starts its loop; null when the store holds no phone (it was wiped). */
export async function openRoom(id: string): Promise<Room | null> {
  const held = rooms.get(id);
  if (held !== undefined) return held;
  const store = new Store(id);
  const phone = await store.phone();
  if (phone === undefined) {
    store.close();
    return null;
  }
  const path = `/api/o/${id}`;
  const room: Room = {
    store,
    phone,
    status: null,
    libraryWhole: false,
    librarian: new Librarian(store, api, () => hashesInUse(folded.value.values())),
    live: new Live(api, `${path}/live`, () => room.loop.wake()),
    loop: new Loop(store, api, {
      build,
      /* Only the library on the screen has just been looked through; of another nothing new is said. */
      readiness: () => ({
        ...(room === chosen && { offline_ok: readiness.value.ready }),
        persisted: readiness.value.persisted === true,
        tested: readiness.value.offlineTested ?? 0,
      }),
      status: status => follow(room, status),
      library: () => void refresh(room),
      live: () => room.live.up,
    }),
  };
  rooms.set(id, room);
  store.subscribe(change => void moved(room, change));
  organisations.value = [...organisations.value.filter(each => each.id !== id), viewOf(phone)];
  return room;
}

/** Draws this organisation. The disk first, the network after. */
export async function choose(room: Room): Promise<void> {
  chosen?.live.close();
  chosen = room;
  clearLogs();
  const [whole] = await Promise.all([loadShelf(room.store), loadLogs(room.store, room.phone.offset)]);
  room.libraryWhole = whole;
  batch(() => {
    organisation.value = viewOf(room.phone);
    phase.value = room.phone.revoked === true ? 'revoked' : 'joined';
    tellSync(room);
  });
  if (room.phone.revoked === true) await strip(room);
  void lookAtReadiness();
}

export function startRoom(room: Room): void {
  if (room.phone.revoked === true) return;
  room.loop.wake();
  if (room === chosen) room.live.open();
}

/** Something may have changed out there: network, screen, a tap. */
export function wakeRooms(): void {
  for (const room of rooms.values()) room.loop.wake();
  chosen?.live.open();
}

/** Lets go of the organisation and leaves its disk as it is. */
export function leaveRoom(id: string): Room | null {
  const room = rooms.get(id);
  if (room === undefined) return null;
  room.loop.stop();
  room.live.close();
  room.store.close();
  rooms.delete(id);
  organisations.value = organisations.value.filter(each => each.id !== id);
  if (room === chosen) {
    chosen = null;
    organisation.value = null;
    clearLogs();
  }
  return room;
}

/** Takes the organisation off this phone. */
export async function closeRoom(id: string): Promise<void> {
  await leaveRoom(id)?.store.wipe();
}

export async function refresh(room: Room, progress?: Progress): Promise<Fetched> {
  try {
    const fetched = await room.librarian.refresh(progress);
    if (fetched === 'unchanged') await reloadShelf(room);
    if (fetched === 'fetched') await takeName(room);
    return fetched;
  } catch {
    return 'strange';
  }
}

/** The organisation may be called something else now. */
async function takeName({ store, phone: { membership } }: Room): Promise<void> {
  const { id, name } = (await store.shelf())?.manifest.organisation ?? membership.organisation;
  if (name !== membership.organisation.name) await store.changePhone({ membership: { ...membership, organisation: { id, name } } });
}

/** Asks the browser how ready this phone is. */
export async function lookAtReadiness(ask = false): Promise<void> {
  const [worker, persisted] = await Promise.all([workerActive().catch(() => false), (ask ? persist() : isPersisted()).catch(() => null)]);
  const library = chosen?.libraryWhole === true;
  const stored = chosen !== null && chosen.phone.membership.member.id !== '';
  const missing = [...(worker ? [] : ['worker']), ...(library ? [] : ['library']), ...(stored ? [] : ['stored'])];
  readiness.value = { ...readiness.value, worker, persisted, library, stored, missing, ready: missing.length === 0 };
  const say = JSON.stringify([missing, persisted, readiness.value.offlineTested]);
  if (say !== said && chosen !== null) tell(chosen);
  said = say;
}

/** Something that the organisation's readiness board shows has changed. */
function tell(room: Room): void {
  if (room.phone.revoked !== true) room.loop.wake();
}

async function moved(room: Room, change: Change): Promise<void> {
  if (change.phone) {
    room.phone = (await room.store.phone()) ?? room.phone;
    const view = viewOf(room.phone);
    organisations.value = organisations.value.map(each => (each.id === view.id ? view : each));
    if (room === chosen) organisation.value = view;
  }
  if (change.library) tell(room); // what it holds now
  if (room === chosen) {
    if (change.library) await reloadShelf(room);
    await followChange(room.store, change, room.phone.offset);
    tellSync(room);
    void fetchLacking(room);
  }
  if (change.records.some(record => record.wait !== undefined && !record.held)) room.loop.wake();
}

async function reloadShelf(room: Room): Promise<void> {
  if (room !== chosen) return;
  room.libraryWhole = await loadShelf(room.store);
  await lookAtReadiness();
}

/** Versions that an open incident uses and that never came with a library here. */
async function fetchLacking(room: Room): Promise<void> {
  const open = [...folded.value.values()].filter(incident => incident.status === 'open');
  const lacking = [...hashesInUse(open)].filter(hash => !documents.value.has(hash));
  if (lacking.length > 0 && room.status?.since === null) await room.librarian.fetchDocuments(lacking).catch(() => undefined);
}

function follow(room: Room, status: Status): void {
  const back = room.status?.since !== null && status.since === null;
  room.status = status;
  if (status.revoked && room !== chosen) void room.store.strip();
  if (status.reached !== null) room.phone = { ...room.phone, reached: status.reached };
  if (room !== chosen) return;
  if (status.revoked) {
    room.live.close();
    phase.value = 'revoked';
    void strip(room);
  }
  tellSync(room);
  if (back) void fetchLacking(room);
}

/** Revoked: what is the organisation's leaves the disk and the memory. */
async function strip(room: Room): Promise<void> {
  await room.store.strip();
  await Promise.all([loadShelf(room.store), loadLogs(room.store, room.phone.offset)]);
}

function tellSync(room: Room): void {
  const own = ownUnsettled();
  const toSend = own.filter(record => !record.held && record.aside === undefined);
  const times = toSend.map(record => record.op[4] + (room.phone.offset ?? 0));
  const { status, phone } = room;
  const since = status?.since ?? null;
  const view: SyncView = {
    state:
      status?.sending && toSend.length > 0 ? 'sending' : since !== null ? 'offline' : toSend.length > 0 ? 'waiting' : phone.reached === null ? 'never' : 'safe',
    at: phone.reached,
    since: since === null ? null : (phone.reached ?? since),
    unsent: toSend.length,
    oldest: times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b)),
    waiting: own.length - toSend.length,
    ...(status?.progress && { progress: status.progress }),
    ...(status?.problem && { problem: status.problem }),
  };
  if (JSON.stringify(view) !== JSON.stringify(sync.value)) sync.value = view;
}

function viewOf({ membership, device }: Phone): Organisation {
  return { ...membership.organisation, member: membership.member, device };
}
