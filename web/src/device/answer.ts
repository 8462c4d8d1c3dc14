/* What comes over the wire, checked before anything believes it: a captive portal's 200 must never acknowledge anything.
   One rule: envelopes by valibot, the hot rows by hand; a row that is not one is left out, an envelope that is not one counts for nothing. */

import * as v from 'valibot';
import type { Manifest } from '../core/checklist';
import { isSeal, wellFormed, whole, type Operation, type Seal } from '../core/operation';

export interface NewsRow {
  seq: number;
  /** An operation, or the digest that stands for one. */ op: Operation | string;
  received: number | null;
  offset: number | null;
  verdict: string;
}
export interface IncidentNews {
  ops: NewsRow[];
  seals: Seal[];
  people: { dev: string; member: string; key: string }[];
  seq: number;
  head: number;
}
export interface Result {
  verdict: 'ok' | 'dup' | 'quar' | 'dead';
  detail: number | string | null;
}
export interface Answer {
  epoch: string;
  now: number;
  results: Result[];
  incidents: Map<string, IncidentNews>;
  library: string | null;
  fork: boolean;
  revoked: boolean;
}

const envelope = v.object({
  v: v.number(),
  epoch: v.pipe(v.string(), v.minLength(1)),
  now: v.number(),
  results: v.array(v.unknown()),
  incidents: v.nullish(v.record(v.string(), v.unknown())),
  library: v.nullish(v.string()),
  fork: v.nullish(v.boolean()),
  revoked: v.nullish(v.boolean()),
});
const member = v.object({ id: v.string(), name: v.string(), roles: v.array(v.string()) });
const joined = v.object({ member, organisation: v.object({ id: v.string(), name: v.string() }), epoch: v.string(), now: v.number() });
const refusal = v.object({ error: v.object({ code: v.string(), message: v.optional(v.string(), '') }), epoch: v.optional(v.string()) });
const entry = v.looseObject({ id: v.string(), version: v.number(), hash: v.string(), title: v.string() });
const manifest = v.looseObject({
  hash: v.string(),
  organisation: v.looseObject({ id: v.string(), name: v.string() }),
  checklists: v.array(entry),
  members: v.string(),
  contacts: v.string(),
  messages: v.string(),
  trials: v.optional(v.array(entry)),
});

/** null: not an answer to a push of `sent` operations. */
export function readAnswer(body: unknown, sent: number): Answer | null {
  const parsed = v.safeParse(envelope, body);
  if (!parsed.success || parsed.output.results.length !== sent) return null;
  const { epoch, now, library, fork, revoked } = parsed.output;
  const results = parsed.output.results.map(readResult);
  const incidents = new Map<string, IncidentNews>();
  for (const [inc, raw] of Object.entries(parsed.output.incidents ?? {})) {
    const news = readNews(raw);
    if (news !== null) incidents.set(inc, news);
  }
  if (!results.every(result => result !== null)) return null;
  return { epoch, now, results, incidents, library: library ?? null, fork: fork ?? false, revoked: revoked ?? false };
}

export function readJoined(body: unknown): v.InferOutput<typeof joined> | null {
  return outputOf(v.safeParse(joined, body));
}

/** A refusal counts as one only when the server itself says so. */
export function readRefusal(body: unknown): { code: string; message: string; epoch: string | null } | null {
  const parsed = outputOf(v.safeParse(refusal, body));
  return parsed && { ...parsed.error, epoch: parsed.epoch ?? null };
}

export function readManifest(body: unknown): Manifest | null {
  const parsed = outputOf(v.safeParse(manifest, body));
  return parsed && ({ exercises: '', vocabulary: '', ...parsed, organisation: { emergency: [], ...parsed.organisation } } as unknown as Manifest);
}

export function readChallenge(body: unknown): string | null {
  return outputOf(v.safeParse(v.object({ challenge: v.string() }), body))?.challenge ?? null;
}

/** What the server holds: ranges of n, by incident and device. */
export type Have = ReadonlyMap<string, ReadonlyMap<string, [number, number][]>>;

export function readHave(body: unknown): Have | null {
  const parsed = outputOf(v.safeParse(v.record(v.string(), v.record(v.string(), v.array(v.tuple([v.number(), v.number()])))), body));
  return parsed && new Map(Object.entries(parsed).map(([inc, devices]) => [inc, new Map(Object.entries(devices))]));
}

function readResult(raw: unknown): Result | null {
  if (!Array.isArray(raw)) return null;
  const [verdict, detail] = raw as unknown[];
  if (verdict !== 'ok' && verdict !== 'dup' && verdict !== 'quar' && verdict !== 'dead') return null;
  return { verdict, detail: typeof detail === 'number' || typeof detail === 'string' ? detail : null };
}

function readNews(raw: unknown): IncidentNews | null {
  if (typeof raw !== 'object' || raw === null) return null;
  const { ops, seals, people, links, seq, head } = raw as Record<string, unknown>;
  if (!Array.isArray(ops) || !whole(seq) || !whole(head)) return null;
  const rows = (ops as unknown[]).map(readRow).filter(row => row !== null);
  const named = Object.entries(typeof people === 'object' && people !== null ? people : {}).flatMap(([dev, who]) => {
    const [id, key] = Array.isArray(who) ? (who as unknown[]) : [];
    return typeof id === 'string' && typeof key === 'string' ? [{ dev, member: id, key }] : [];
  });
  /* The digest of a dead operation keeps its place in the chain: what comes after it is proved through it. */
  const dead = (Array.isArray(links) ? (links as unknown[]) : []).flatMap((each): NewsRow[] => {
    const d: unknown = Array.isArray(each) ? (each as unknown[])[2] : undefined;
    return typeof d === 'string' ? [{ seq: 0, op: d, received: null, offset: null, verdict: 'dead' }] : [];
  });
  return { ops: [...rows, ...dead], seals: Array.isArray(seals) ? seals.filter(isSeal) : [], people: named, seq, head };
}

function readRow(raw: unknown): NewsRow | null {
  if (!Array.isArray(raw)) return null;
  const [seq, op, received, offset, verdict] = raw as unknown[];
  if (!whole(seq) || typeof verdict !== 'string' || !(typeof op === 'string' || chainable(op))) return null;
  return { seq, op, received: whole(received) ? received : null, offset: Number.isSafeInteger(offset) ? (offset as number) : null, verdict };
}

/** Enough of an operation to be chained and kept; whether this build understands it is the fold's question. */
function chainable(op: unknown): op is Operation {
  if (!Array.isArray(op) || op.length !== 10) return false;
  const isNumber = (at: number): boolean => whole(op[at]);
  const isText = (at: number): boolean => typeof op[at] === 'string' && wellFormed(op[at]);
  return isText(1) && isNumber(2) && isNumber(3) && isNumber(4) && [5, 6, 7, 8, 9].every(isText);
}

function outputOf<T>(parsed: { success: true; output: T } | { success: false }): T | null {
  return parsed.success ? parsed.output : null;
}
