import { sign } from 'node:crypto';
import type { AccountRow } from '../../store/accounts/accounts.ts';
import type { Keyring, SigningKey } from '../signing-keys/keyring.ts';
import { signingAlgorithm } from '../signing-keys/rotate-keys.ts';

type Role = AccountRow['role'];

/** What of the configuration a token is made with. */
export interface TokenSettings {
  issuer: string;
  audience: string;
  accessSeconds: number;
}

/** What each role may do beyond its own things, as the schema's `@requiresScopes` names it. */
const scopesOfRole: Record<Role, readonly string[]> = {
  MEMBER: [],
  MODERATOR: ['moderate'],
  ADMIN: ['moderate', 'administer'],
};

/** A signed access token (RFC 9068) for the account in this session. */
export async function signAccessToken(
  keyring: Keyring,
  settings: TokenSettings,
  subject: { accountId: string; sessionId: string; role: Role },
): Promise<{ accessToken: string; accessTokenExpiresAt: Date }> {
  const { kid, key } = await keyring.signer();
  const issuedAt = Math.floor(Date.now() / 1000);
  const expiresAt = issuedAt + settings.accessSeconds;
  const accessToken = signToken(
    { kid, key },
    {
      sid: subject.sessionId,
      role: subject.role,
      scope: scopesOfRole[subject.role].join(' '),
      iss: settings.issuer,
      aud: settings.audience,
      sub: subject.accountId,
      iat: issuedAt,
      exp: expiresAt,
    },
  );
  return { accessToken, accessTokenExpiresAt: new Date(expiresAt * 1000) };
}

/** RFC 7515, compact, at once: WebCrypto, and with it every library, would send each signature through a thread. */
function signToken({ kid, key }: SigningKey, claims: object): string {
  const signed = `${encode({ alg: signingAlgorithm, typ: 'at+jwt', kid })}.${encode(claims)}`;
  return `${signed}.${sign(null, Buffer.from(signed), key).toString('base64url')}`;
}

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
