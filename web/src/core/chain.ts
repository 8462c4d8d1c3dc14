/* The chain that proves a device's operations: digests, links, ids, and the words that are signed.
   One rule: synchronous and pure, so that it can run inside a database transaction and give the same answer everywhere. */

import { sha256 } from '@noble/hashes/sha2.js';
import { encode64 } from './base64';
import { bytesOf, type Operation } from './operation';

const encoder = new TextEncoder();

/** d_n: 32 bytes. */
export function digest(op: Operation): Uint8Array {
  return sha256(bytesOf(op));
}

/** h_0 of a device in an incident. */
export function rootOf(inc: string, dev: string): Uint8Array {
  return sha256(encoder.encode(`stormlykta/1${inc}${dev}`));
}

/** h_n from h_{n-1} and d_n. */
export function link(previous: Uint8Array, d: Uint8Array): Uint8Array {
  const both = new Uint8Array(previous.length + d.length);
  both.set(previous);
  both.set(d, previous.length);
  return sha256(both);
}

export function idOf(dev: string, n: number, h: Uint8Array): string {
  return `${dev}.${n}.${encode64(h.subarray(0, 8))}`;
}

/** The hash that names a document: the first 16 bytes of SHA-256 over the bytes as they came. */
export function documentHash(bytes: Uint8Array): string {
  return encode64(sha256(bytes).subarray(0, 16));
}

/** What a seal signs. */
export function sealText(dev: string, inc: string, from: number, to: number, prev: string, head: string): string {
  return `stormlykta/1 seal\n${dev}\n${inc}\n${from}\n${to}\n${prev}\n${head}`;
}

/** What a session signature signs. */
export function sessionText(organisation: string, device: string, challenge: string): string {
  return `stormlykta/1 session\n${organisation}\n${device}\n${challenge}`;
}
