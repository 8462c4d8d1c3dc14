/* Passkeys in this browser: making one, answering with one. One rule: it never throws; a person who changes their mind has done nothing wrong. */

export type Pressed = { ok: true; credential: unknown } | { ok: false; why: 'stopped' | 'already' | 'unable' };

/** Whether this browser, at this address, can do it at all: a numeric address never can. */
export function canPasskey(): boolean {
  return isSecureContext && typeof PublicKeyCredential === 'function' && !/^[\d.]+$|:/.test(location.hostname);
}

/** `options` as the server gives them, for navigator.credentials.create. */
export async function makePasskey(options: unknown): Promise<Pressed> {
  const { challenge, user, excludeCredentials, ...rest } = options as CreationJSON;
  const publicKey = {
    ...rest,
    challenge: bytes(challenge),
    user: { ...user, id: bytes(user.id) },
    excludeCredentials: (excludeCredentials ?? []).map(each => ({ ...each, id: bytes(each.id) })),
  };
  return press(async () => navigator.credentials.create({ publicKey }));
}

/** `options` as the server gives them, for navigator.credentials.get. */
export async function usePasskey(options: unknown): Promise<Pressed> {
  const { challenge, allowCredentials, ...rest } = options as RequestJSON;
  const publicKey = { ...rest, challenge: bytes(challenge), allowCredentials: (allowCredentials ?? []).map(each => ({ ...each, id: bytes(each.id) })) };
  return press(async () => navigator.credentials.get({ publicKey }));
}

interface Descriptor {
  id: string;
  type: 'public-key';
}
interface CreationJSON extends Omit<PublicKeyCredentialCreationOptions, 'challenge' | 'user' | 'excludeCredentials'> {
  challenge: string;
  user: { id: string; name: string; displayName: string };
  excludeCredentials?: Descriptor[];
}
interface RequestJSON extends Omit<PublicKeyCredentialRequestOptions, 'challenge' | 'allowCredentials'> {
  challenge: string;
  allowCredentials?: Descriptor[];
}

async function press(ask: () => Promise<Credential | null>): Promise<Pressed> {
  try {
    const made = await ask();
    return made instanceof PublicKeyCredential ? { ok: true, credential: said(made) } : { ok: false, why: 'stopped' };
  } catch (error) {
    const name = error instanceof DOMException ? error.name : '';
    return { ok: false, why: name === 'InvalidStateError' ? 'already' : name === 'NotAllowedError' || name === 'AbortError' ? 'stopped' : 'unable' };
  }
}

/** As PublicKeyCredential.toJSON says it, which not every browser has. */
function said({ id, rawId, type, response, authenticatorAttachment }: PublicKeyCredential): unknown {
  const told: Record<string, string> = { clientDataJSON: text(response.clientDataJSON) };
  if (response instanceof AuthenticatorAttestationResponse) told['attestationObject'] = text(response.attestationObject);
  if (response instanceof AuthenticatorAssertionResponse) {
    told['authenticatorData'] = text(response.authenticatorData);
    told['signature'] = text(response.signature);
    if (response.userHandle !== null) told['userHandle'] = text(response.userHandle);
  }
  return { id, rawId: text(rawId), type, authenticatorAttachment, clientExtensionResults: {}, response: told };
}

function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64url.replace(/-/g, '+').replace(/_/g, '/')), each => each.charCodeAt(0));
}

function text(buffer: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}
