/* The record of one deed, and the seal over a range of them: shape, limits, bytes.
   One rule: an operation that does not pass `flaw` is never written here, and its bytes are exactly what JSON.stringify writes. */

export type Operation = readonly [1, string, number, number, number, string, string, string, string, string];
export type Seal = readonly [string, string, number, number, string, string, string];
export type Mark = 'todo' | 'doing' | 'done' | 'already' | 'na' | 'failed';

/** In the order of precedence in which different answers are drawn. */
export const marks: readonly Mark[] = ['done', 'already', 'failed', 'na', 'doing', 'todo'];

const bodyBytesMax = 16 * 1024;
const refsMax = 16 * 1024;
const targetMax = 1024;
const kindMax = 64;
const idPattern = /^[A-Za-z0-9_-]{22}$/;
const encoder = new TextEncoder();

/** Why this is not an operation: `shape` or `size`; null when it is one. Never throws. */
export function flaw(value: unknown): 'shape' | 'size' | null {
  if (!Array.isArray(value) || value.length !== 10) return 'shape';
  const [format, dev, n, lam, t, inc, ...texts] = value as unknown[];
  if (format !== 1 || !whole(n) || n < 1 || !whole(lam) || !whole(t)) return 'shape';
  if (typeof dev !== 'string' || !idPattern.test(dev) || typeof inc !== 'string' || !idPattern.test(inc)) return 'shape';
  for (const text of texts) if (typeof text !== 'string' || !wellFormed(text)) return 'shape';
  const [kind, target, refs, body] = texts as [string, string, string, string];
  if (kind === '' || kind.length > kindMax || target.length > targetMax) return 'shape';
  if (!fits(body, bodyBytesMax) || refs.length > refsMax) return 'size';
  return null;
}

export function isSeal(value: unknown): value is Seal {
  if (!Array.isArray(value) || value.length !== 7) return false;
  const [dev, inc, from, to, prev, head, sig] = value as unknown[];
  return [dev, inc, prev, head, sig].every(part => typeof part === 'string') && whole(from) && whole(to) && from >= 1 && to >= from;
}

export function bytesOf(op: Operation): Uint8Array {
  return encoder.encode(JSON.stringify(op));
}

/** An integer in [0, 2^53-1]. */
export function whole(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** False for text with half an emoji (a lone surrogate), which UTF-8 cannot hold. */
export function wellFormed(text: string): boolean {
  return !/[\ud800-\udfff]/u.test(text);
}

/** What a person typed, with half emojis taken out: the cut-off end of a pasted text must not cost the rest. */
export function mended(text: string): string {
  return wellFormed(text) ? text : text.replace(/[\ud800-\udfff]/gu, '');
}

/** Whether the text is at most so many bytes of UTF-8. */
export function fits(text: string, bytes: number): boolean {
  return text.length * 3 <= bytes || (text.length <= bytes && encoder.encode(text).length <= bytes);
}
