/* A protocol server in memory, with faults on order: only for what a real one cannot be made to do on time.
   One rule: it keeps to protocol.md, and knows nothing about the phone's insides. */
import { gunzipSync } from 'node:zlib';
import { decode64, encode64 } from '../../web/src/core/base64';
import { digest, link } from '../../web/src/core/chain';
import { flaw, type Operation, type Seal } from '../../web/src/core/operation';

export type Fault = 'down' | 'portal' | 'html' | 'slow' | Response | null;
type Row = [number, Operation, number, number, string];
interface Held {
  rows: Row[];
  seals: Seal[];
}
export interface Asked {
  path: string;
  body: Record<string, unknown>;
  encoding: string | null;
}

export class Server {
  epoch = 'epoch-1';
  /** Server's clock minus the phones'. */
  ahead = 0;
  asked: Asked[] = [];
  incidents = new Map<string, Held>();
  devices = new Set<string>();
  /** Members by device. */
  names = new Map<string, string>();
  sessionAlive = true;
  revoked = false;
  library = 'lib-1';
  poison: string | null = null;
  pageSize = 1000;
  documents = new Map<string, string>();
  manifest: unknown = null;
  /** For the next requests, one each; then none. */
  faults: Fault[] = [];
  /** For every request, after `faults`. */
  fault: Fault = null;
  verdicts = new Map<string, [string, string]>();
  /** Operations with this in them are given as their digests. */
  secret: string | null = null;

  constructor(private readonly now: () => number) {}

  readonly fetch: typeof fetch = async (input, init) => {
    const path = String(input);
    const raw = init?.body;
    const encoding = new Headers(init?.headers).get('content-encoding');
    const bytes = raw instanceof Uint8Array ? Buffer.from(raw) : Buffer.alloc(0);
    const body = bytes.length === 0 ? {} : (JSON.parse((encoding === 'gzip' ? gunzipSync(bytes) : bytes).toString()) as Record<string, unknown>);
    this.asked.push({ path, body, encoding });
    const fault = this.faults.length > 0 ? (this.faults.shift() ?? null) : this.fault;
    if (fault === 'down') throw new TypeError('Failed to fetch');
    if (fault === 'html') return new Response('<h1>Välkommen till hotellets wifi</h1>', { headers: { 'content-type': 'text/html' } });
    if (fault === 'portal') return json(200, { v: 1, epoch: 'hotel', now: 1, results: [] });
    if (fault === 'slow') return new Promise((_, refuse) => init?.signal?.addEventListener('abort', () => refuse(new DOMException('aborted', 'AbortError'))));
    if (fault !== null) return fault.clone();
    return this.answer(path, body);
  };

  syncs(): Asked[] {
    return this.asked.filter(each => each.path.endsWith('/sync'));
  }

  held(inc: string): Operation[] {
    return (this.incidents.get(inc)?.rows ?? []).map(([, op]) => op);
  }

  /** As if another phone had sent them. */
  take(ops: readonly Operation[], seals: readonly Seal[], verdict = 'ok'): void {
    for (const op of ops) this.append(op, verdict);
    for (const seal of seals) this.incident(seal[1]).seals.push(seal);
  }

  private answer(path: string, body: Record<string, unknown>): Response {
    const name = path.split('/').slice(4).join('/');
    if (path.endsWith('/challenge')) return json(200, { challenge: 'challenge' });
    if (path.endsWith('/session')) {
      this.sessionAlive = true;
      return new Response(null, { status: 204 });
    }
    if (!this.sessionAlive) return json(401, { error: { code: 'session', message: 'no session' } });
    if (path.endsWith('/devices')) {
      this.devices.add(String(body.device));
      return json(201, {
        member: { id: 'anna', name: 'Anna', roles: [] },
        organisation: { id: 'demo', name: 'Demo' },
        epoch: this.epoch,
        now: this.now() + this.ahead,
      });
    }
    if (path.endsWith('/have')) return json(200, Object.fromEntries((body as unknown as string[]).map(inc => [inc, this.have(inc)])));
    if (path.endsWith('/sync')) return this.sync(body);
    if (name === 'library') return json(200, this.manifest, { etag: `"${this.library}"` });
    const document = this.documents.get(name.replace('documents/', ''));
    return document === undefined
      ? json(404, { error: { code: 'unknown', message: '' } })
      : new Response(document, { headers: { 'content-type': 'application/json' } });
  }

  private sync(body: Record<string, unknown>): Response {
    if (body.epoch !== null && body.epoch !== this.epoch) return json(409, { error: { code: 'epoch', message: '' }, epoch: this.epoch });
    const { ops, seals } = body.push as { ops: Operation[]; seals: Seal[] };
    if (ops.some(op => op[9].includes(this.poison ?? '\u0000'))) return json(422, { error: { code: 'shape', message: 'poison' } });
    let fork = false;
    const brought = new Set<number>();
    for (const seal of seals) this.incident(seal[1]).seals.push(seal);
    const results = ops.map(op => {
      const said = [...this.verdicts].find(([text]) => op[9].includes(text))?.[1];
      if (flaw(op) !== null || said?.[0] === 'dead') return said ?? ['dead', 'shape'];
      const rows = this.incident(op[5]).rows;
      const held = rows.find(([, other]) => JSON.stringify(other) === JSON.stringify(op));
      if (held !== undefined) return ['dup', held[0]];
      if (said !== undefined) return said;
      if (rows.some(([, other]) => other[1] === op[1] && other[2] === op[2])) fork = true;
      const covered = this.incident(op[5]).seals.some(seal => seal[0] === op[1] && seal[2] <= op[2] && op[2] <= seal[3] && this.proves(seal, ops));
      if (!covered) return ['quar', 'seal'];
      const seq = this.append(op, this.revoked ? 'quar:revoked' : 'ok');
      brought.add(seq);
      return this.revoked ? ['quar', 'revoked'] : ['ok', seq];
    });
    const answer = { v: 1, epoch: this.epoch, now: this.now() + this.ahead, results, library: this.library, fork, revoked: this.revoked };
    return json(200, { ...answer, incidents: this.revoked ? {} : this.news(body, brought) });
  }

  private news(body: Record<string, unknown>, brought: ReadonlySet<number>): Record<string, unknown> {
    const pull = body.pull as Record<string, number>;
    const wanted = new Set([...Object.keys(pull), ...(body.unnamed === 0 ? [] : this.incidents.keys())]);
    const news: Record<string, unknown> = {};
    for (const inc of wanted) {
      const { rows, seals } = this.incidents.get(inc) ?? { rows: [], seals: [] };
      const since = pull[inc] ?? 0;
      const page = rows.filter(([seq]) => seq > since).slice(0, this.pageSize);
      if (page.length === 0 && since <= rows.length) continue;
      const ops = page.filter(([seq]) => !brought.has(seq));
      const covering = seals.filter(seal => ops.some(([, op]) => op[1] === seal[0] && seal[2] <= op[2] && op[2] <= seal[3]));
      const people = Object.fromEntries([...new Set(ops.map(([, op]) => op[1]))].map(dev => [dev, [this.names.get(dev) ?? dev.replaceAll('_', ''), 'key']]));
      const shown = ops.map(([seq, op, ...rest]) => [seq, this.secret !== null && op[9].includes(this.secret) ? encode64(digest(op)) : op, ...rest]);
      news[inc] = { ops: shown, seals: covering, people, seq: page.at(-1)?.[0] ?? rows.length, head: rows.length };
    }
    return news;
  }

  private proves([dev, , from, to, prev, head]: Seal, pushed: readonly Operation[]): boolean {
    let h = decode64(prev) as Uint8Array;
    for (let n = from; n <= to; n++) {
      const op = [...pushed, ...[...this.incidents.values()].flatMap(({ rows }) => rows.map(row => row[1]))].find(
        each => each[1] === dev && each[2] === n && !this.isDead(each),
      );
      if (op === undefined) return false;
      h = link(h, digest(op));
    }
    return encode64(h) === head;
  }

  private isDead(op: Operation): boolean {
    return [...this.verdicts].some(([text, [verdict]]) => verdict === 'dead' && op[9].includes(text));
  }

  private have(inc: string): Record<string, [number, number][]> {
    const found: Record<string, [number, number][]> = {};
    for (const [, op] of this.incidents.get(inc)?.rows ?? []) (found[op[1]] ??= []).push([op[2], op[2]]);
    return found;
  }

  private append(op: Operation, verdict: string): number {
    const { rows } = this.incident(op[5]);
    rows.push([rows.length + 1, op, this.now() + this.ahead, 0, verdict]);
    return rows.length;
  }

  private incident(inc: string): Held {
    let held = this.incidents.get(inc);
    if (held === undefined) this.incidents.set(inc, (held = { rows: [], seals: [] }));
    return held;
  }
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
}
