/* Which operation is which: the server hands out operations without ids, and the seals prove them.
   One rule: an operation gets an id only on a walk that no other seal contradicts; what cannot be told yet waits. */

import { decode64, encode64 } from './base64';
import { link } from './chain';
import type { Operation, Seal } from './operation';

/** One operation of a device in an incident, or (`op` null) the digest that stands in the place of one. */
export interface Candidate {
  op: Operation | null;
  d: Uint8Array;
  /** Its place in the server's log, if it has one. */ seq: number;
  /** h_n, when known. */ h: string | null;
}

/** How many links one call may try; only forked or redacted logs need more than one per operation. */
const linksMax = 60_000;

/**
 * h_n (base64url) of every candidate that the seals of its device identify and that was not known before.
 * `all`: nothing more is to come, so the beginning of a seal that cannot be walked to its end is taken as far as it goes;
 * before that it could be the other branch of a fork that has not come yet.
 */
export function identify(candidates: readonly Candidate[], seals: readonly Seal[], all = false): Map<Candidate, string> {
  const found = new Map<Candidate, string>();
  const byN = new Map<number, Candidate[]>();
  const hidden: Candidate[] = [];
  for (const each of candidates) {
    if (each.op === null) hidden.push(each);
    else byN.set(each.op[2], [...(byN.get(each.op[2]) ?? []), each]);
  }
  const budget = { links: linksMax };
  const open: Seal[] = [];
  for (const seal of [...seals].sort((a, b) => a[3] - a[2] - (b[3] - b[2]) || a[2] - b[2])) {
    const path = pathOf(seal, byN, hidden, found, budget);
    if (path === null) open.push(seal);
    else for (const [candidate, h] of path) if (candidate.h === null) found.set(candidate, h);
  }
  if (all) for (const [candidate, h] of begun(open, byN, found)) found.set(candidate, h);
  return found;
}

type Path = [Candidate, string][];
type ByN = ReadonlyMap<number, readonly Candidate[]>;

/** The walk from `prev` that ends in `head`; null when there is none, or none yet. */
function pathOf(seal: Seal, byN: ByN, hidden: readonly Candidate[], found: ReadonlyMap<Candidate, string>, budget: { links: number }): Path | null {
  const [, , from, to, prev, head] = seal;
  const start = decode64(prev);
  if (start === null) return null;
  let gaps = 0;
  for (let n = from; n <= to; n++) if (!byN.has(n) && ++gaps > hidden.length) return null;
  const taken: Candidate[] = [];

  /* Few changes of mind first: a chain keeps to one branch, and the server got a branch in order. */
  const walk = (n: number, h: Uint8Array, doubts: number): boolean => {
    for (let at = n, last = h; ; at++) {
      if (at > to) return doubts === 0 && encode64(last) === head;
      if (budget.links <= 0) return false;
      const choices = choicesAt(at, last, byN, hidden, taken, found);
      const [first, ...others] = choices;
      if (first === undefined) return false;
      if (doubts > 0) {
        for (const other of others) {
          const depth = taken.length;
          taken.push(other);
          budget.links--;
          if (walk(at + 1, link(last, other.d), doubts - 1)) return true;
          taken.length = depth;
        }
      }
      taken.push(first);
      budget.links--;
      last = link(last, first.d);
    }
  };
  for (let doubts = 0; doubts <= 4 && budget.links > 0; doubts++) {
    taken.length = 0;
    if (walk(from, start, doubts)) return named(taken, start);
    if (gaps === 0 && single(from, to, byN) && hidden.length === 0) return null;
  }
  return null;
}

/** The likeliest first: what is known to follow here, then what the server got next after the one before. */
function choicesAt(
  n: number,
  last: Uint8Array,
  byN: ByN,
  hidden: readonly Candidate[],
  taken: readonly Candidate[],
  found: ReadonlyMap<Candidate, string>,
): readonly Candidate[] {
  const here = byN.get(n) ?? [];
  if (here.length === 1 && hidden.length === 0) return here;
  const before = taken[taken.length - 1]?.seq ?? 0;
  const follows = (each: Candidate): number => {
    const h = each.h ?? found.get(each);
    if (h !== undefined && encode64(link(last, each.d)) === h) return -1;
    const distance = each.seq > before ? each.seq - before : 1e9 + before - each.seq;
    return (h === undefined ? 0 : 1e10) + (each.op === null && here.length > 0 ? 1e11 : 0) + distance;
  };
  const free = hidden.filter(each => !taken.includes(each));
  return [...here, ...free]
    .map(each => ({ each, cost: follows(each) }))
    .sort((a, b) => a.cost - b.cost)
    .map(({ each }) => each);
}

/** The beginnings of seals whose end has not come yet: taken where there is one way only, and all seals agree. */
function begun(seals: readonly Seal[], byN: ByN, found: ReadonlyMap<Candidate, string>): Map<Candidate, string> {
  const claims = new Map<Candidate, Set<string>>();
  for (const [, , from, to, prev] of seals) {
    /* All there, and yet the walk did not end in the head: it proves nothing. */
    let last: Uint8Array | null = single(from, to, byN) ? null : decode64(prev);
    for (let n = from; n <= to; n++) {
      const [only, ...more] = byN.get(n) ?? [];
      const walked: Uint8Array | null = last !== null && only !== undefined && more.length === 0 ? link(last, only.d) : null;
      const claim: string = walked === null ? '' : encode64(walked);
      for (const each of byN.get(n) ?? []) {
        if (each.h === null && !found.has(each)) claims.set(each, (claims.get(each) ?? new Set()).add(claim));
      }
      last = only !== undefined && (only.h ?? found.get(only) ?? claim) === claim ? walked : null;
    }
  }
  const agreed = new Map<Candidate, string>();
  for (const [candidate, hashes] of claims) {
    const [h, ...others] = [...hashes];
    if (h !== undefined && h !== '' && others.length === 0) agreed.set(candidate, h);
  }
  return agreed;
}

function named(taken: readonly Candidate[], start: Uint8Array): Path {
  let h = start;
  return taken.map(candidate => [candidate, encode64((h = link(h, candidate.d)))]);
}

function single(from: number, to: number, byN: ByN): boolean {
  for (let n = from; n <= to; n++) if ((byN.get(n)?.length ?? 0) !== 1) return false;
  return true;
}
