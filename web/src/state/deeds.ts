/* What a person can do in an incident. Each resolves when it is on disk, and rejects with StorageError when the phone is full.
   One rule: a deed names in its refs exactly what its author saw; deeds of one incident are made one after another, so the second has seen the first. */

import type { Incident } from '../core/shapes';
import { marks, mended, type Mark } from '../core/operation';
import { stepOf } from '../core/progress';
import { refsOf } from '../core/reading';
import { randomId } from '../device/keys';
import { idOfRecord } from '../device/records';
import type { Deed } from '../device/writing';
import { entriesOf } from './logs';
import { chosenRoom } from './rooms';
import { cardOf, folded } from './signals';

type Said = Omit<Deed, 'inc'>;
type Body = Deed['body'];

export async function startIncident({
  title,
  exercise,
  checklist,
  place,
}: {
  title: string;
  exercise: boolean;
  checklist?: string;
  place?: string;
}): Promise<string> {
  const inc = randomId(16);
  const opening: Said = {
    kind: 'open',
    target: '',
    refs: [],
    body: { title: mended(title), exercise: exercise ? 1 : 0, ...(place ? { place: mended(place) } : {}) },
  };
  await write(inc, [opening, cardDeed(checklist ?? '', randomId(8))]);
  return inc;
}

export function mark(inc: string, stepKey: string, state: Mark, reason?: string): Promise<string> {
  return deed(inc, incident => {
    const heads = stepOf(incident, stepKey)?.mark.heads ?? [];
    return { kind: 'mark', target: stepKey, refs: heads.map(head => head.id), body: { state, ...(reason ? { reason: mended(reason) } : {}) } };
  });
}

/** A new mark with the value that the operation replaced. */
export async function undo(inc: string, opId: string): Promise<void> {
  await deed(inc, incident => {
    const steps = incident.cards.flatMap(card => [...card.steps.values(), ...card.added]);
    const step = steps.find(each => each.history.some(head => head.id === opId));
    const undone = entriesOf(inc).find(entry => entry.id === opId);
    if (step === undefined || undone === undefined) throw new Error('there is no such mark to undo');
    const before = step.history.filter(head => refsOf(undone.op).includes(head.id));
    const value = before.map(head => head.value).sort((a, b) => marks.indexOf(a.state) - marks.indexOf(b.state))[0] ?? { state: 'todo' as const };
    return { kind: 'mark', target: step.key, refs: [opId], body: { ...value } };
  });
}

/** The new step's key. */
export async function addStep(inc: string, card: string, text: string, { after, phase }: { after?: string; phase?: string } = {}): Promise<string> {
  const key = `${card}/${randomId(8)}`;
  await deed(inc, () => ({ kind: 'step', target: key, refs: [], body: { text: mended(text), ...(after ? { after } : {}), ...(phase ? { phase } : {}) } }));
  return key;
}

export function writeLog(
  inc: string,
  { type, text, target = '', ...more }: { type: string; text: string; target?: string } & Record<string, unknown>,
): Promise<string> {
  return deed(inc, () => ({ kind: 'log', target, refs: [], body: { type, text: mended(text), ...more } }));
}

/** A new entry that stands for the old one, which stays readable. */
export function correctLog(inc: string, opId: string, text: string): Promise<string> {
  return deed(inc, incident => {
    const entry = incident.log.find(each => each.stamp.id === opId);
    if (entry === undefined) throw new Error('there is no such entry to correct');
    return { kind: 'log', target: entry.target, refs: [opId], body: { ...entry.body, text: mended(text) } };
  });
}

/** The new card's id. `checklistId` '': an empty card, for own steps. */
export async function addCard(inc: string, checklistId: string): Promise<string> {
  const card = randomId(8);
  await deed(inc, () => cardDeed(checklistId, card));
  return card;
}

export async function setStatus(inc: string, status: 'open' | 'closed', reason?: string): Promise<void> {
  await deed(inc, incident => ({
    kind: 'status',
    target: '',
    refs: incident.statuses.heads.map(head => head.id),
    body: { status, ...(reason ? { reason: mended(reason) } : {}) },
  }));
}

export async function rename(inc: string, title: string): Promise<void> {
  await deed(inc, incident => {
    const { place, zero } = incident.titles.value ?? { place: '', zero: null };
    const body: Body = { title: mended(title), exercise: incident.exercise ? 1 : 0, ...(place ? { place } : {}), ...(zero === null ? {} : { zero }) };
    return { kind: 'open', target: '', refs: incident.titles.heads.map(head => head.id), body };
  });
}

export async function assign(inc: string, stepKey: string, to: { role?: string; member?: string }): Promise<void> {
  await deed(inc, incident => ({
    kind: 'assign',
    target: stepKey,
    refs: (stepOf(incident, stepKey)?.assign.heads ?? []).map(head => head.id),
    body: { ...to },
  }));
}

/** `member` '': nobody holds the role. */
export async function setRole(inc: string, role: string, member: string): Promise<void> {
  await deed(inc, incident => ({ kind: 'role', target: role, refs: (incident.roles.get(role)?.heads ?? []).map(head => head.id), body: { member } }));
}

/** Moves a card in use to another version of its checklist. */
export async function rebaseCard(inc: string, card: string, { version, hash }: { version: number; hash: string }): Promise<void> {
  await deed(inc, incident => {
    const heads = incident.cards.find(each => each.id === card)?.rebase.heads ?? [];
    return { kind: 'rebase', target: card, refs: heads.map(head => head.id), body: { version, hash } };
  });
}

/** Accepts quarantined operations. */
export async function admit(inc: string, ids: string[]): Promise<void> {
  await deed(inc, () => ({ kind: 'admit', target: '', refs: [], body: { ids } }));
}

/** `checklist` '': an empty card, for own steps only. */
function cardDeed(checklist: string, card: string): Said {
  if (checklist === '') return { kind: 'card', target: card, refs: [], body: {} };
  const entry = cardOf(checklist)?.entry;
  if (entry === undefined) throw new Error(`the checklist ${checklist} is not on this phone`);
  return { kind: 'card', target: card, refs: [], body: { checklist: checklist.replace('~', ''), version: entry.version, hash: entry.hash } };
}

/** The last deed of each incident that is not on disk yet. */
const turns = new Map<string, Promise<unknown>>();

/** Made when the one before it is on disk and folded; gives the id. */
function deed(inc: string, make: (incident: Incident) => Said): Promise<string> {
  const before = turns.get(inc) ?? Promise.resolve();
  const turn = before.then(async () => {
    const incident = folded.value.get(inc);
    if (incident === undefined) throw new Error('there is no such incident on this phone');
    return write(inc, [make(incident)]);
  });
  const settled = turn.catch(() => undefined);
  turns.set(inc, settled);
  void settled.then(() => turns.get(inc) === settled && turns.delete(inc));
  return turn;
}

async function write(inc: string, said: readonly Said[]): Promise<string> {
  const records = await chosenRoom().store.write(
    said.map(each => ({ ...each, inc })),
    Date.now(),
  );
  const last = records[records.length - 1];
  return last === undefined ? '' : idOfRecord(last);
}
