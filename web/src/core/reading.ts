/* What an operation says, read once: its kind, its body and its refs, or that this build is too old for it.
   One rule: reading never throws, and an optional key of the wrong type is as if it were not there. */

import type { Assignment, Body, MarkValue, Opening } from './shapes';
import { marks, whole, type Mark, type Operation } from './operation';

export type Reading =
  | { kind: 'open'; value: Opening; exercise: boolean }
  | { kind: 'status'; value: 'open' | 'closed' }
  | { kind: 'card'; card: string; checklist: string; version: number; hash: string }
  | { kind: 'mark'; card: string; step: string; value: MarkValue }
  | { kind: 'assign'; card: string; step: string; value: Assignment }
  | { kind: 'role'; role: string; value: string }
  | { kind: 'step'; card: string; step: string; text: string; phase: string; after: string }
  | { kind: 'log'; card: string; step: string; type: string; text: string; body: Body }
  | { kind: 'rebase'; card: string; value: { version: number; hash: string } }
  | { kind: 'admit'; ids: string[] };

const known = new WeakMap<Operation, { reading: Reading | null }>();

/** null: a kind or a shape that this build does not know. */
export function read(op: Operation): Reading | null {
  const held = known.get(op);
  if (held !== undefined) return held.reading;
  const reading = interpret(op[6], op[7], bodyOf(op));
  known.set(op, { reading });
  return reading;
}

export function refsOf(op: Operation): string[] {
  return op[8] === '' ? [] : op[8].split(',');
}

/** The body as an object; {} when empty, null when it is not one. */
export function bodyOf(op: Operation): Body | null {
  if (op[9] === '') return {};
  try {
    const body: unknown = JSON.parse(op[9]);
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Body) : null;
  } catch {
    return null;
  }
}

function interpret(kind: string, target: string, body: Body | null): Reading | null {
  if (body === null) return null;
  switch (kind) {
    case 'open':
      return target === '' ? readOpen(body) : null;
    case 'status': {
      const { status } = body;
      return target === '' && (status === 'open' || status === 'closed') ? { kind, value: status } : null;
    }
    case 'card':
      return readCard(target, body);
    case 'mark':
      return onStep(target, (card, step) => {
        const value = markOf(body);
        return value && { kind, card, step, value };
      });
    case 'assign':
      return onStep(target, (card, step) => {
        const { role, member } = body;
        return { kind, card, step, value: { ...(isText(role) && { role }), ...(isText(member) && { member }) } };
      });
    case 'role':
      return target !== '' && isText(body.member) ? { kind, role: target, value: body.member } : null;
    case 'step':
      return onStep(target, (card, step) => {
        const { text, phase, after } = body;
        return isText(text) ? { kind, card, step, text, phase: isText(phase) ? phase : '', after: isText(after) ? after : '' } : null;
      });
    case 'log':
      return readLog(target, body);
    case 'rebase': {
      const { version, hash } = body;
      return isId(target) && whole(version) && isText(hash) ? { kind, card: target, value: { version, hash } } : null;
    }
    case 'admit': {
      const ids = typeof body.ids === 'string' ? body.ids.split(',') : body.ids;
      return target === '' && Array.isArray(ids) && ids.every(isText) ? { kind, ids } : null;
    }
    default:
      return null;
  }
}

function readOpen(body: Body): Reading | null {
  const { title, exercise, place, zero } = body;
  if (!isText(title)) return null;
  return { kind: 'open', exercise: exercise === 1, value: { title, place: isText(place) ? place : '', zero: whole(zero) ? zero : null } };
}

function readCard(target: string, body: Body): Reading | null {
  if (!isId(target)) return null;
  const { checklist, version, hash } = body;
  if (checklist === undefined && version === undefined && hash === undefined) return { kind: 'card', card: target, checklist: '', version: 0, hash: '' };
  return isText(checklist) && whole(version) && isText(hash) ? { kind: 'card', card: target, checklist, version, hash } : null;
}

function readLog(target: string, body: Body): Reading | null {
  const { type, text } = body;
  if (!isText(type) || !isText(text)) return null;
  if (target === '') return { kind: 'log', card: '', step: '', type, text, body };
  return onStep(target, (card, step) => ({ kind: 'log', card, step, type, text, body }));
}

function markOf(body: Body): MarkValue | null {
  const { state, reason, at } = body;
  if (!isMark(state)) return null;
  return { state, ...(isText(reason) && { reason }), ...(whole(at) && { at }) };
}

function onStep(target: string, make: (card: string, step: string) => Reading | null): Reading | null {
  const [card, step, ...more] = target.split('/');
  return card && step && more.length === 0 ? make(card, step) : null;
}

function isId(target: string): boolean {
  return target !== '' && !target.includes('/');
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isMark(value: unknown): value is Mark {
  return marks.includes(value as Mark);
}
