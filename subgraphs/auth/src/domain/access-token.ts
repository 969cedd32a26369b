import { SignJWT } from 'jose';
import type { AccountRow } from '../store/accounts.ts';
import type { Keyring } from './keyring.ts';
import { signingAlgorithm } from './rotate-keys.ts';

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
  const accessToken = await new SignJWT({
    sid: subject.sessionId,
    role: subject.role,
    scope: scopesOfRole[subject.role].join(' '),
  })
    .setProtectedHeader({ alg: signingAlgorithm, typ: 'at+jwt', kid })
    .setIssuer(settings.issuer)
    .setAudience(settings.audience)
    .setSubject(subject.accountId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(expiresAt)
    .sign(key);
  return { accessToken, accessTokenExpiresAt: new Date(expiresAt * 1000) };
}
