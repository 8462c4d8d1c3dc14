/* Every worked example of the protocol, byte for byte. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decode64, encode64, firstEight } from '../../web/src/core/base64';
import { digest, documentHash, idOf, link, rootOf, sealText, sessionText } from '../../web/src/core/chain';
import { bytesOf, flaw, isSeal, type Operation, type Seal } from '../../web/src/core/operation';
import { identify, type Candidate } from '../../web/src/core/walk';

interface Vectors {
  key: { jwk: JsonWebKey; raw: string };
  organisation: string;
  device: string;
  incident: string;
  h_0: string;
  operations: { operation: Operation; bytes_hex: string; d: string; h: string; id: string }[];
  seals: Seal[];
  session: { challenge: string; sig: string };
  document: { bytes: string; hash: string };
}
const vectors = JSON.parse(readFileSync(new URL('../vectors.json', import.meta.url), 'utf8')) as Vectors;
const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
const raw = (text: string): Uint8Array<ArrayBuffer> => decode64(text) ?? new Uint8Array();

async function verifies(text: string, sig: string): Promise<boolean> {
  const key = await crypto.subtle.importKey('raw', raw(vectors.key.raw), { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
  return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, raw(sig), bytes(text));
}

describe('the worked examples of the protocol', () => {
  test('an operation has exactly these bytes, this digest, this hash and this id', () => {
    let h = rootOf(vectors.incident, vectors.device);
    expect(encode64(h)).toBe(vectors.h_0);
    for (const { operation, bytes_hex, d, h: expected, id } of vectors.operations) {
      expect(flaw(operation)).toBeNull();
      expect(Buffer.from(bytesOf(operation)).toString('hex')).toBe(bytes_hex);
      expect(encode64(digest(operation))).toBe(d);
      h = link(h, digest(operation));
      expect(encode64(h)).toBe(expected);
      expect(idOf(vectors.device, operation[2], h)).toBe(id);
    }
  });

  test('the seals are signatures over the words that we sign', async () => {
    for (const seal of vectors.seals) {
      expect(isSeal(seal)).toBe(true);
      const [dev, inc, from, to, prev, head, sig] = seal;
      expect(await verifies(sealText(dev, inc, from, to, prev, head), sig)).toBe(true);
      expect(await verifies(sealText(dev, inc, from, to + 1, prev, head), sig)).toBe(false);
    }
  });

  test('each seal alone identifies the operations under it', () => {
    for (const seal of vectors.seals) {
      const candidates = vectors.operations.map(({ operation }, at): Candidate => ({ op: operation, d: digest(operation), seq: at + 1, h: null }));
      const found = [...identify(candidates, [seal])].map(([candidate, h]) => [candidate.op?.[2], h]);
      const [, , from, to] = seal;
      expect(found).toEqual(vectors.operations.slice(from - 1, to).map(({ operation, h }) => [operation[2], h]));
    }
  });

  test('the session signature is one over the words that we sign', async () => {
    const { challenge, sig } = vectors.session;
    expect(await verifies(sessionText(vectors.organisation, vectors.device, challenge), sig)).toBe(true);
  });

  test('a document has this hash', () => {
    expect(documentHash(bytes(vectors.document.bytes))).toBe(vectors.document.hash);
  });

  test('what is not an operation is told from one', () => {
    const [first] = vectors.operations;
    const op = first?.operation as Operation;
    const changed = (at: number, value: unknown): unknown[] => op.map((part, i) => (i === at ? value : part));
    for (const bad of [
      null,
      {},
      [],
      changed(0, 2),
      changed(2, 0),
      changed(3, 1.5),
      changed(4, -1),
      changed(4, 2 ** 53),
      changed(1, 'short'),
      changed(6, ''),
      changed(9, '\ud83d'),
      changed(9, null),
      [...op, 1],
    ]) {
      expect(flaw(bad)).toBe('shape');
    }
    expect(flaw(changed(9, 'å'.repeat(8192)))).toBeNull();
    expect(flaw(changed(9, 'å'.repeat(8192) + 'x'))).toBe('size');
  });

  test('base64url without padding is read strictly', () => {
    for (const text of ['A', 'AB', 'A=', 'å', 'AA+A', 'AAB']) expect(decode64(text)).toBeNull();
    for (let byte = 0; byte < 256; byte++) {
      const some = Uint8Array.from({ length: 32 }, (_, i) => (i * 37 + byte) & 255);
      expect(firstEight(encode64(some))).toBe(encode64(some.subarray(0, 8)));
    }
    for (let length = 0; length < 40; length++) {
      const some = Uint8Array.from({ length }, (_, i) => (i * 37) & 255);
      expect(encode64(some)).toBe(Buffer.from(some).toString('base64url'));
      expect(decode64(encode64(some))).toEqual(some);
    }
  });
});
