/* Binary as text: base64url without padding. One rule: what is not base64url decodes to null, never to something near it. */

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const valueOf = new Map([...letters].map((letter, value) => [letter, value]));

export function encode64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const word = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += letters.charAt(word >> 18) + letters.charAt((word >> 12) & 63);
    if (left > 1) text += letters.charAt((word >> 6) & 63);
    if (left > 2) text += letters.charAt(word & 63);
  }
  return text;
}

export function decode64(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 4 === 1) return null;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let word = 0;
  let bits = 0;
  let at = 0;
  for (const letter of text) {
    const value = valueOf.get(letter);
    if (value === undefined) return null;
    word = ((word << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) bytes[at++] = (word >> (bits -= 8)) & 255;
  }
  return (word & ((1 << bits) - 1)) === 0 ? bytes : null;
}

/** The base64url of the first 8 bytes, out of the base64url of more: the last letter holds only four bits of them. */
export function firstEight(text: string): string {
  return text.slice(0, 10) + letters.charAt((valueOf.get(text.charAt(10)) ?? 0) & 0b111100);
}
