import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';

/** Whose pages the authenticator believes to be on. */
export const site = { id: 'hub.example', origin: 'https://hub.example' };

/** What a forger makes otherwise than an honest authenticator. */
export interface Forgery {
  origin?: string;
  rpId?: string;
  challenge?: string;
  type?: string;
  crossOrigin?: boolean;
  userVerified?: boolean;
  counter?: number;
  userHandle?: string | null;
  /** Signs with this authenticator's key in place of its own. */
  signedBy?: Authenticator;
  /** 'none' as asked for, or a statement that the key makes itself, or one with a certificate. */
  attestation?: 'none' | 'self' | 'certified';
}

export type Authenticator = ReturnType<typeof createAuthenticator>;

const flags = { userPresent: 0x01, userVerified: 0x04, backupEligible: 0x08, backedUp: 0x10, attested: 0x40 };
const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest();
const base64url = (data: Uint8Array | string) => Buffer.from(data).toString('base64url');

/**
 * A software authenticator with one discoverable ES256 credential (WebAuthn level 3). `synced` is one in a keychain,
 * which counts nothing.
 */
export function createAuthenticator({ synced = false } = {}) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x, y } = publicKey.export({ format: 'jwk' });
  const credentialId = randomBytes(32);
  const coseKey = isoCBOR.encode(
    new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, new Uint8Array(Buffer.from(String(x), 'base64url'))],
      [-3, new Uint8Array(Buffer.from(String(y), 'base64url'))],
    ]),
  );
  let used = 0;
  // Until it has made a passkey: of some account elsewhere.
  let userId = base64url(randomBytes(16));

  const clientData = (type: string, challenge: string, forged: Forgery) =>
    Buffer.from(
      JSON.stringify({
        type: forged.type ?? type,
        challenge: forged.challenge ?? challenge,
        origin: forged.origin ?? site.origin,
        crossOrigin: forged.crossOrigin ?? false,
      }),
    );

  function authenticatorData(forged: Forgery, attested: Buffer = Buffer.alloc(0)) {
    if (!synced) used += 1;
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(forged.counter ?? used);
    const bits =
      flags.userPresent |
      (forged.userVerified === false ? 0 : flags.userVerified) |
      (synced ? flags.backupEligible | flags.backedUp : 0) |
      (attested.length > 0 ? flags.attested : 0);
    return Buffer.concat([sha256(forged.rpId ?? site.id), Buffer.from([bits]), counter, attested]);
  }

  const signature = (data: Buffer, client: Buffer): Buffer =>
    sign('sha256', Buffer.concat([data, sha256(client)]), privateKey);

  function statement(kind: Forgery['attestation'], data: Buffer, client: Buffer) {
    const sig = new Uint8Array(signature(data, client));
    const entries: [string, number | Uint8Array | Uint8Array[]][] = [
      ['alg', -7],
      ['sig', sig],
    ];
    if (kind === 'certified') entries.push(['x5c', [new Uint8Array(randomBytes(64))]]);
    return new Map(kind === 'none' ? [] : entries);
  }

  return {
    credentialId: base64url(credentialId),
    signature,
    /** Answers `navigator.credentials.create`. */
    create(optionsJson: string, forged: Forgery = {}): string {
      const options = JSON.parse(optionsJson);
      userId = options.user.id;
      const client = clientData('webauthn.create', options.challenge, forged);
      const length = Buffer.from([0, credentialId.length]);
      const data = authenticatorData(
        forged,
        Buffer.concat([Buffer.alloc(16), length, credentialId, Buffer.from(coseKey)]),
      );
      const kind = forged.attestation ?? 'none';
      const attestation = isoCBOR.encode(
        new Map<string, string | Uint8Array | Map<string, number | Uint8Array | Uint8Array[]>>([
          ['fmt', kind === 'none' ? 'none' : 'packed'],
          ['attStmt', statement(kind, data, client)],
          ['authData', new Uint8Array(data)],
        ]),
      );
      return JSON.stringify({
        id: base64url(credentialId),
        rawId: base64url(credentialId),
        type: 'public-key',
        response: {
          clientDataJSON: base64url(client),
          attestationObject: base64url(attestation),
          transports: ['internal'],
        },
        clientExtensionResults: {},
      });
    },
    /** Answers `navigator.credentials.get`. */
    get(optionsJson: string, forged: Forgery = {}): string {
      const options = JSON.parse(optionsJson);
      const client = clientData('webauthn.get', options.challenge, forged);
      const data = authenticatorData(forged);
      const signer = forged.signedBy?.signature ?? signature;
      const userHandle = forged.userHandle === undefined ? userId : forged.userHandle;
      return JSON.stringify({
        id: base64url(credentialId),
        rawId: base64url(credentialId),
        type: 'public-key',
        response: {
          clientDataJSON: base64url(client),
          authenticatorData: base64url(data),
          signature: base64url(signer(data, client)),
          ...(userHandle !== null && { userHandle }),
        },
        clientExtensionResults: {},
      });
    },
  };
}
