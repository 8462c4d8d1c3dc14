/* The device's key pair: made here, kept as a non-extractable CryptoKey, never seen by anyone.
   One rule: signing is slow and comes after the disk, never before. */

import { encode64 } from '../core/base64';
import { sealText, sessionText } from '../core/chain';
import type { Seal } from '../core/operation';
import type { Identity } from './records';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const signing = { name: 'ECDSA', hash: 'SHA-256' } as const;
const encoder = new TextEncoder();

export async function makeIdentity(): Promise<Identity> {
  const keys = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
  const point = encode64(new Uint8Array(await crypto.subtle.exportKey('raw', keys.publicKey)));
  return { device: randomId(16), keys, point };
}

/** Random bytes as base64url: 16 for devices and incidents, 8 for cards and own steps. */
export function randomId(bytes: 8 | 16): string {
  return encode64(crypto.getRandomValues(new Uint8Array(bytes)));
}

export async function signSeal(identity: Identity, inc: string, from: number, to: number, prev: string, head: string): Promise<Seal> {
  const { device } = identity;
  return [device, inc, from, to, prev, head, await sign(identity, sealText(device, inc, from, to, prev, head))];
}

export function signSession(identity: Identity, organisation: string, challenge: string): Promise<string> {
  return sign(identity, sessionText(organisation, identity.device, challenge));
}

async function sign(identity: Identity, text: string): Promise<string> {
  return encode64(new Uint8Array(await crypto.subtle.sign(signing, identity.keys.privateKey, encoder.encode(text))));
}
