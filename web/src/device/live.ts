/* The live stream: hears that there is news, and never what. Read with fetch, because an EventSource hides the heartbeat that tells a dead line from a quiet one.
   One rule: a poke only wakes the loop; a stream that is silent for 45 s is taken for dead. */

import type { Api } from './api';

const silenceMs = 45_000;
const backoffMaxMs = 60_000;

export class Live {
  up = false;
  private failures = 0;
  private stop: AbortController | null = null;
  private cancelTimer: (() => void) | null = null;
  private closed = false;

  constructor(
    private readonly api: Api,
    private readonly path: string,
    private readonly poked: () => void,
  ) {}

  /** Connects, or connects at once where it was waiting to. */
  open(): void {
    this.closed = false;
    if (this.stop === null) void this.listen();
  }

  close(): void {
    this.closed = true;
    this.cancelTimer?.();
    this.stop?.abort();
  }

  private async listen(): Promise<void> {
    const stop = (this.stop = new AbortController());
    this.cancelTimer?.();
    try {
      const reader = (await this.api.stream(this.path, stop.signal))?.body?.getReader();
      if (reader !== undefined) {
        this.up = true;
        this.failures = 0;
        /* What happened while nobody listened. */
        this.poked();
        await this.read(reader, stop);
        /* The server hung up. It may have had a reason that the loop should hear of: this phone is revoked. */
        if (!this.closed) this.poked();
      }
    } catch {
      /* The line broke. */
    } finally {
      this.up = false;
      this.stop = null;
      if (!this.closed) {
        const wait = Math.min(backoffMaxMs, 1000 * 2 ** Math.min(this.failures++, 10)) * (0.5 + this.api.clock.random() / 2);
        this.cancelTimer = this.api.clock.after(wait, () => this.open());
      }
    }
  }

  private async read(reader: ReadableStreamDefaultReader<Uint8Array>, stop: AbortController): Promise<void> {
    const decoder = new TextDecoder();
    let text = '';
    for (;;) {
      const cancel = this.api.clock.after(silenceMs, () => stop.abort());
      const { done, value } = await reader.read().finally(cancel);
      if (done) return;
      const events = (text + decoder.decode(value, { stream: true })).split(/\r?\n\r?\n/);
      text = events.pop() ?? '';
      if (events.some(event => /^data:/m.test(event))) this.poked();
    }
  }
}
