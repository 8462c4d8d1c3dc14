/* Named people with phones that write operations without any disk: for tests of the pure core.
   One rule: what they write is chained as the protocol says, so ids are real. */
import { encode64 } from '../../web/src/core/base64';
import { digest, idOf, link, rootOf } from '../../web/src/core/chain';
import type { Entry, Incident, Register, Step } from '../../web/src/core/shapes';
import type { Operation } from '../../web/src/core/operation';

export const storm = 'storm'.padEnd(22, '0');

export class Person {
  readonly dev: string;
  lam = 0;
  n = 0;
  h: Uint8Array;
  private readonly prevs = new Map<number, Uint8Array>();

  constructor(
    readonly name: string,
    readonly inc = storm,
  ) {
    this.dev = name.padEnd(22, '_');
    this.h = rootOf(inc, this.dev);
    this.prevs.set(0, this.h);
  }

  /** Has seen everything that the others wrote so far. */
  sees(...entries: Entry[]): this {
    this.lam = Math.max(this.lam, ...entries.map(entry => entry.op[3]));
    return this;
  }

  writes(kind: string, target: string, body: object | string, refs: readonly Entry[] = [], t = 1_795_392_000_000 + this.lam * 1000): Entry {
    const op: Operation = [
      1,
      this.dev,
      ++this.n,
      ++this.lam,
      t,
      this.inc,
      kind,
      target,
      refs.map(entry => entry.id).join(','),
      typeof body === 'string' ? body : JSON.stringify(body),
    ];
    this.h = link(this.h, digest(op));
    this.prevs.set(this.n, this.h);
    return { id: idOf(this.dev, this.n, this.h), op, saved: 'team', verdict: 'ok', offset: 0, received: null, member: this.name };
  }

  marks(target: string, state: string, seen: readonly Entry[] = []): Entry {
    return this.writes('mark', target, { state }, seen);
  }

  /** Without a real signature. */
  seal(from: number, to: number): [string, string, number, number, string, string, string] {
    return [this.dev, this.inc, from, to, this.hash(from - 1), this.hash(to), 'sig'];
  }

  hash(n: number): string {
    return encode64(this.prevs.get(n) ?? new Uint8Array());
  }

  /** A clone of the phone as it is now: the same device in two hands. */
  cloned(): Person {
    const clone = new Person(this.name, this.inc);
    Object.assign(clone, { lam: this.lam, n: this.n, h: this.h });
    for (const [n, h] of this.prevs) clone.prevs.set(n, h);
    return clone;
  }
}

/** What a person would see of an incident, as plain JSON. */
export function drawn(incident: Incident): unknown {
  const who = <T>(register: Register<T>): string[] => register.heads.map(head => head.member);
  const step = ({ state, differs, mark, assign, log }: Step): object => ({
    state,
    by: who(mark),
    ...(differs && { differs: mark.heads.map(head => head.value.state) }),
    ...(mark.value?.reason && { reason: mark.value.reason }),
    ...(assign.value && { assigned: assign.value }),
    ...(log.length > 0 && { log: log.map(entry => entry.text) }),
  });
  return {
    title: incident.title,
    place: incident.place,
    zero: incident.zero,
    exercise: incident.exercise,
    status: incident.status,
    cards: incident.cards.map(card => ({
      id: card.id,
      checklist: card.checklist,
      version: card.version,
      hash: card.hash,
      steps: Object.fromEntries([...card.steps].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, each]) => [id, step(each)])),
      added: card.added.map(each => ({ text: each.text, phase: each.phase, after: each.after, ...step(each) })),
    })),
    roles: Object.fromEntries(
      [...incident.roles].sort(([a], [b]) => (a < b ? -1 : 1)).map(([role, register]) => [role, register.heads.map(head => head.value)]),
    ),
    log: incident.log.map(entry => ({
      by: entry.stamp.member,
      type: entry.type,
      text: entry.text,
      time: entry.stamp.time,
      ...(entry.stamp.uncertain && { uncertain: true }),
      ...(entry.correctedBy.length > 0 && { corrected: true }),
    })),
    unknown: incident.unknown,
    waiting: incident.waiting.length,
    dead: incident.dead.length,
    lam: incident.lam,
    count: incident.count,
  };
}
