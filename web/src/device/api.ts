/* Every request this phone makes: one door, with a timeout on each leg. One rule: it never throws and never hangs; what came back is said in one of three words. */

export type Reply =
  /** JSON from something that speaks it (or 204 with none). */
  | {
      kind: 'answer';
      status: number;
      body: unknown;
      /** Length of the text. */ size: number;
      etag: string | null;
      retryAfterMs: number | null;
      sentAt: number;
      gotAt: number;
    }
  | { kind: 'bytes'; status: number; bytes: Uint8Array<ArrayBuffer> }
  /** Nothing came, or not in time. */
  | { kind: 'unreachable' }
  /** Something that is not our server: a captive portal, a proxy's error page. */
  | { kind: 'strange'; status: number };

export interface Clock {
  now(): number;
  after(ms: number, run: () => void): () => void;
  random(): number;
}

export const wallClock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};

/** How long the first byte may take, and each next piece. A slow line is not a dead one, so there is no limit on the whole. */
const silenceMs = 20_000;
const compressFrom = 600;
const encoder = new TextEncoder();

export class Api {
  constructor(
    private readonly fetching: typeof fetch = (...args) => fetch(...args),
    readonly clock: Clock = wallClock,
    private readonly base = '',
  ) {}

  get(path: string, headers: Record<string, string> = {}): Promise<Reply> {
    return this.request(path, { method: 'GET', headers }, 0);
  }

  /** The raw bytes of one immutable document. */
  bytes(path: string): Promise<Reply> {
    return this.request(path, { method: 'GET' }, 0, true);
  }

  async post(path: string, json: unknown): Promise<Reply> {
    const plain = encoder.encode(JSON.stringify(json));
    const packed = plain.length > compressFrom ? await gzip(plain) : null;
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (packed !== null) headers['content-encoding'] = 'gzip';
    const body = packed ?? plain;
    return this.request(path, { method: 'POST', headers, body }, body.length);
  }

  /** The open stream of pokes; the caller reads it and watches its silence. */
  async stream(path: string, signal: AbortSignal): Promise<Response | null> {
    const stop = new AbortController();
    signal.addEventListener('abort', () => stop.abort());
    const cancel = this.clock.after(silenceMs, () => stop.abort());
    try {
      const response = await this.fetching(this.base + path, {
        headers: { accept: 'text/event-stream' },
        credentials: 'same-origin',
        cache: 'no-store',
        redirect: 'manual',
        signal: stop.signal,
      });
      return response.ok && (response.headers.get('content-type') ?? '').includes('event-stream') ? response : null;
    } catch {
      return null;
    } finally {
      cancel();
    }
  }

  /** `sending`: how many bytes go out; `raw`: a good answer is given as bytes. */
  async request(path: string, init: RequestInit, sending: number, raw = false): Promise<Reply> {
    const { clock } = this;
    const stop = new AbortController();
    /* One second more for each KiB sent: the line may be that slow. */
    let cancel = clock.after(silenceMs + sending, () => stop.abort());
    const sentAt = clock.now();
    try {
      const response = await this.fetching(this.base + path, {
        ...init,
        credentials: 'same-origin',
        cache: 'no-store',
        redirect: 'manual',
        signal: stop.signal,
      });
      const gotAt = clock.now();
      const { status } = response;
      const bytes = await pieces(response, () => {
        cancel();
        cancel = clock.after(silenceMs, () => stop.abort());
      });
      if (raw && response.ok) return { kind: 'bytes', status, bytes };
      const retryAfter = Number(response.headers.get('retry-after') ?? NaN);
      const common = {
        kind: 'answer',
        status,
        size: bytes.length,
        etag: response.headers.get('etag'),
        retryAfterMs: retryAfter > 0 ? retryAfter * 1000 : null,
        sentAt,
        gotAt,
      } as const;
      if (status === 204 || status === 304) return { ...common, body: null };
      if (!(response.headers.get('content-type') ?? '').includes('json')) return status >= 500 ? { ...common, body: null } : { kind: 'strange', status };
      try {
        return { ...common, body: JSON.parse(new TextDecoder().decode(bytes)) as unknown };
      } catch {
        return { kind: 'strange', status };
      }
    } catch {
      return { kind: 'unreachable' };
    } finally {
      cancel();
    }
  }
}

async function pieces(response: Response, alive: () => void): Promise<Uint8Array<ArrayBuffer>> {
  alive();
  const reader = response.body?.getReader();
  const parts: Uint8Array[] = [];
  for (let size = 0; ;) {
    const piece = await reader?.read();
    if (piece === undefined || piece.done) return joined(parts, size);
    parts.push(piece.value);
    size += piece.value.length;
    alive();
  }
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** null where the browser cannot, or where it is not worth it. */
async function gzip(plain: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | null> {
  if (typeof CompressionStream === 'undefined') return null;
  const packed = new Uint8Array(await new Response(new Blob([plain]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer());
  return packed.length < plain.length ? packed : null;
}
