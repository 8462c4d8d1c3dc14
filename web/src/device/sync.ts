/* The loop that keeps the phone and the server one: the only one who talks to …/sync.
   One rule: whatever happens, it ends in `rest`, which sets the next wake; so "something is unsent" always means "a wake is scheduled".

                wake: a deed, a poke, online, on screen again, the timer
     ┌─────────┐ ───────────────────────────────────────────────▶ ┌──────────┐ ── more news, more to send,
     │ resting │                                                  │ exchange │    halved, healed, let in ──┐
     └─────────┘ ◀───────────────────────────────────────────────  └──────────┘ ◀─────────────────────────┘
                done: heartbeat · failed: backoff · revoked and empty: never again                                    */

import type { Answer } from './answer';
import { readAnswer, readHave, readRefusal } from './answer';
import type { Api, Reply } from './api';
import { enter, takeNewName, type Entry } from './entering';
import { signSeal } from './keys';
import type { Plan } from './planning';
import type { OperationRecord } from './records';
import { StorageError } from './database';
import { type Store } from './store';
import type { Seal } from '../core/operation';
import type { Problem, Status, Surroundings } from './status';

type Outcome = { kind: 'more' } | { kind: 'done' } | { kind: 'revoked' } | { kind: 'failed'; problem: Problem | null; waitMs?: number };

const operationsMax = 500;
const bytesMax = 200_000;
const backoffMaxMs = 60_000;
const heartbeatMs = { live: 120_000, alone: 30_000 };
/** From here on, the incident on the screen is asked for alone first. */
const manyIncidents = 8;

export class Loop {
  private running = false;
  private again = false;
  private stopped = false;
  private failures = 0;
  private notBefore = 0;
  private limit = operationsMax;
  private suspect: OperationRecord | null = null;
  private letIn = false;
  private onScreen: string | null = null;
  private screenFirst = true;
  private reported = '';
  private cancelTimer: (() => void) | null = null;
  private status: Status = { sending: false, reached: null, since: null, problem: null, progress: null, revoked: false };

  constructor(
    private readonly store: Store,
    private readonly api: Api,
    private readonly around: Surroundings,
  ) {}

  /** Now, or as soon as the exchange under way is over, or when the server has said it wants to be asked again. */
  wake(): void {
    if (this.stopped) return;
    this.again = true;
    const wait = this.notBefore - this.api.clock.now();
    if (this.running) return;
    if (wait > 0) this.schedule(wait);
    else void this.run();
  }

  /** The incident on the screen is asked for first. */
  look(inc: string | null): void {
    if (this.onScreen === inc) return;
    this.onScreen = inc;
    this.screenFirst = inc !== null;
    if (inc !== null) this.wake();
  }

  stop(): void {
    this.stopped = true;
    this.cancelTimer?.();
  }

  /** Nothing is under way; the next wake is set. */
  get resting(): boolean {
    return !this.running;
  }

  private async run(): Promise<void> {
    if (this.running || this.stopped) return;
    this.running = true;
    this.cancelTimer?.();
    let outcome: Outcome = { kind: 'failed', problem: null };
    try {
      do {
        this.again = false;
        outcome = await this.exchange();
      } while (!this.stopped && (outcome.kind === 'more' || (outcome.kind === 'done' && this.again)));
    } catch (error) {
      outcome = { kind: 'failed', problem: error instanceof StorageError ? 'storage-full' : 'server' };
    } finally {
      this.running = false;
      this.rest(outcome);
    }
  }

  /** The one way out. */
  private rest(outcome: Outcome): void {
    const { clock } = this.api;
    if (outcome.kind === 'failed') {
      this.failures++;
      const backoff = Math.min(backoffMaxMs, 1000 * 2 ** Math.min(this.failures - 1, 10)) * (0.5 + clock.random() / 2);
      const wait = Math.max(backoff, outcome.waitMs ?? 0);
      this.notBefore = outcome.waitMs === undefined ? 0 : clock.now() + outcome.waitMs;
      this.tell({ sending: false, progress: null, problem: outcome.problem, since: this.status.since ?? clock.now() });
      /* A deed made during the attempt does not have to wait for a long backoff. */
      this.schedule(this.again && outcome.waitMs === undefined ? Math.min(wait, 1000) : wait);
    } else if (outcome.kind === 'revoked') {
      this.stop();
      this.tell({ sending: false, progress: null, revoked: true });
    } else {
      this.failures = 0;
      this.notBefore = 0;
      this.tell({ sending: false, progress: null, problem: null, since: null, reached: clock.now() });
      this.schedule((this.around.live() ? heartbeatMs.live : heartbeatMs.alone) * (0.8 + clock.random() * 0.4));
    }
  }

  private schedule(ms: number): void {
    this.cancelTimer?.();
    if (!this.stopped) this.cancelTimer = this.api.clock.after(ms, () => void this.run());
  }

  private async exchange(): Promise<Outcome> {
    const operations = this.suspect === null ? this.limit : 0;
    const plan = await this.store.plan({ operations, bytes: bytesMax, first: this.onScreen });
    const { phone } = plan;
    if (phone === undefined) return { kind: 'failed', problem: 'session' };
    if (phone.forked === true) return this.told(await takeNewName(this.store, this.api, phone, this.around.build));
    this.tell({ sending: plan.ops.length > 0 });
    const seals = await this.seal(plan);
    const offset = phone.offset ?? 0;
    const device = { build: this.around.build, ...this.around.readiness(), unsent: plan.left, oldest_unsent: plan.oldestLeft };
    const changed = JSON.stringify(device) !== this.reported;
    const reply = await this.api.post(this.path('sync'), {
      v: 1,
      epoch: phone.epoch,
      offset,
      push: { ops: plan.ops.map(record => record.op), seals: [...seals, ...plan.seals.map(record => record.seal)] },
      ...this.pull(plan),
      library: plan.library,
      ...(changed && { device }),
    });
    if (reply.kind === 'unreachable') return { kind: 'failed', problem: null };
    if (reply.kind !== 'answer') return { kind: 'failed', problem: 'portal' };
    if (reply.status !== 200) return this.refused(reply, plan);
    const answer = readAnswer(reply.body, plan.ops.length);
    if (answer === null) return { kind: 'failed', problem: 'portal' };
    if (changed) this.reported = JSON.stringify(device);
    return this.taken(answer, plan, seals, reply);
  }

  /** An answer that counts. */
  private async taken(answer: Answer, plan: Plan, seals: readonly Seal[], reply: Extract<Reply, { kind: 'answer' }>): Promise<Outcome> {
    const before = plan.phone?.offset ?? 0;
    const roundTrip = reply.gotAt - reply.sentAt;
    const measured = roundTrip >= 0 && roundTrip < 30_000 ? Math.round(answer.now - (reply.sentAt + reply.gotAt) / 2) : before;
    this.letIn = false;
    if (this.suspect !== null) {
      /* Without it the same exchange goes through: so it was the operation, and not the server. */
      await this.store.setAside(this.suspect, 'refused');
      this.suspect = null;
    } else this.limit = Math.min(operationsMax, this.limit * 2);
    const receipt = await this.store.receive(answer, { ops: plan.ops, seals, offset: before, measured, at: reply.gotAt });
    this.tell({ reached: this.api.clock.now(), since: null, problem: null, progress: receipt.more ? { have: receipt.have, of: receipt.of } : null });
    const alone = this.asksAlone(plan);
    if (receipt.backwards) return this.heal(null);
    if (answer.library !== null && answer.library !== plan.library && !answer.revoked) this.around.library(answer.library);
    const unsent = plan.left > 0;
    if (answer.revoked) return unsent ? { kind: 'more' } : { kind: 'revoked' };
    if (receipt.more || unsent || answer.fork) return { kind: 'more' };
    this.screenFirst = false;
    return alone ? { kind: 'more' } : { kind: 'done' };
  }

  private async refused(reply: Extract<Reply, { kind: 'answer' }>, plan: Plan): Promise<Outcome> {
    const { status, retryAfterMs } = reply;
    const refusal = readRefusal(reply.body);
    if (status === 429 || status === 408 || status === 425 || status >= 500) {
      return { kind: 'failed', problem: 'server', ...(retryAfterMs !== null && { waitMs: Math.min(retryAfterMs, 300_000) }) };
    }
    if (refusal === null) return { kind: 'failed', problem: 'portal' };
    if (status === 401) return this.told('session');
    if (status === 409 && refusal.code === 'epoch') return this.heal(refusal.epoch);
    if (status === 403 && refusal.code === 'revoked') {
      await this.store.changePhone({ revoked: true });
      return { kind: 'revoked' };
    }
    const [only] = plan.ops;
    if (only === undefined) {
      this.suspect = null;
      return { kind: 'failed', problem: 'server' };
    }
    if (plan.ops.length === 1) this.suspect = only;
    else this.limit = Math.ceil(plan.ops.length / 2);
    return { kind: 'more' };
  }

  /** What came of proving who we are. A session that does not help is not asked for twice in a row. */
  private async told(entry: Entry): Promise<Outcome> {
    const again = entry === 'session' && !this.letIn ? await enter(this.store, this.api) : entry;
    if (entry === 'session') this.letIn = again === 'in';
    if (again === 'in') return { kind: 'more' };
    return { kind: 'failed', problem: again === 'unreachable' ? null : again };
  }

  /** The server's time went backwards. */
  private async heal(epoch: string | null): Promise<Outcome> {
    const reply = await this.api.post(this.path('have'), await this.store.incidents());
    if (reply.kind === 'unreachable') return { kind: 'failed', problem: null };
    const have = reply.kind === 'answer' && reply.status === 200 ? readHave(reply.body) : null;
    if (have === null) return { kind: 'failed', problem: reply.kind === 'answer' ? 'server' : 'portal' };
    await this.store.heal(epoch, have);
    return { kind: 'more' };
  }

  private async seal(plan: Plan): Promise<Seal[]> {
    const seals: Seal[] = [];
    for (const { inc, dev, from, to, prev, head } of plan.runs) {
      const identity = await this.store.identity(dev);
      if (identity !== undefined) seals.push(await signSeal(identity, inc, from, to, prev, head));
    }
    await this.store.putSeals(seals);
    return seals;
  }

  private pull(plan: Plan): { pull: Record<string, number>; unnamed?: 0 } {
    const first = this.onScreen;
    if (first !== null && this.asksAlone(plan)) return { pull: { [first]: plan.heads.find(head => head.inc === first)?.seq ?? 0 }, unnamed: 0 };
    return { pull: Object.fromEntries(plan.heads.map(head => [head.inc, head.seq])) };
  }

  private asksAlone(plan: Plan): boolean {
    return this.onScreen !== null && this.screenFirst && plan.heads.length >= manyIncidents;
  }

  private path(name: string): string {
    return `/api/o/${this.store.organisation}/${name}`;
  }

  private tell(change: Partial<Status>): void {
    this.status = { ...this.status, ...change };
    this.around.status(this.status);
  }
}
