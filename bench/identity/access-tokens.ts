import { generateKeyPairSync, type KeyObject, randomUUID, sign, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { uuidv7 } from '@socialhub/platform/ids';
import { createLogger } from '@socialhub/platform/log';
import { jwtVerify } from 'jose';
import { createAccessTokenVerifier } from '../../gateway/src/identity/access-token.ts';
import { createRevokedTokens } from '../../gateway/src/identity/revoked-tokens.ts';
import { readSigned } from '../../gateway/src/identity/token-signature.ts';
import { type Speed, speedOf } from '../measure/operations.ts';
import { given, hand } from './part.ts';

/** Verifies access tokens as the gateway does, and beside that their signatures alone. */
const { seconds } = given<{ seconds: number }>();
const claims = { issuer: 'socialhub', audience: 'socialhub' };
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const kid = randomUUID();

const jwk = { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'EdDSA' };
const issuer = createServer((_request, response) => response.end(JSON.stringify({ keys: [jwk] })));
issuer.listen(0, '127.0.0.1');
await once(issuer, 'listening');

const verifier = createAccessTokenVerifier({
  jwksUrl: `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/`,
  ...claims,
  revoked: createRevokedTokens(),
  log: createLogger({ service: 'gateway', level: 'warn' }),
});

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const makeToken = (key: KeyObject, at: number) => {
  const now = Math.floor(Date.now() / 1000);
  const payload = {
    ...{ sid: uuidv7(), role: 'MEMBER', scope: '', iss: claims.issuer, aud: claims.audience },
    ...{ sub: uuidv7(), iat: now, exp: now + 900, at },
  };
  const signed = `${encode({ alg: 'EdDSA', typ: 'at+jwt', kid })}.${encode(payload)}`;
  return `${signed}.${sign(null, Buffer.from(signed), key).toString('base64url')}`;
};
// Each as bytes: a server makes a new text of every header that it reads.
const valuesOf = (tokens: readonly string[]) => tokens.map((token) => Buffer.from(`Bearer ${token}`));
const textOf = (values: readonly Buffer[], at: number) =>
  (values[at % values.length] as Buffer).toString('latin1');
const good = (session: unknown) => {
  if (!session) throw new Error('a good token was refused');
};

const distinct = Array.from({ length: Math.ceil(Math.min(seconds, 2) * 20_000) + 2000 }, (_, at) =>
  makeToken(privateKey, at),
);
const bare = distinct.slice(0, 2000).map((token) => {
  const end = token.lastIndexOf('.');
  return [Buffer.from(token.slice(0, end)), Buffer.from(token.slice(end + 1), 'base64url')] as const;
});
const pem = publicKey.export({ format: 'pem', type: 'spki' }) as string;
const strange = generateKeyPairSync('ed25519').privateKey;
const forged = valuesOf(Array.from({ length: 2000 }, (_, at) => makeToken(strange, at)));
const distinctValues = valuesOf(distinct);
const repeated = distinctValues.slice(-1000);
const rows: Record<string, Speed> = {};

rows['the signature alone, by OpenSSL'] = await speedOf(seconds, (at) => {
  const [signed, signature] = bare[at % bare.length] as (typeof bare)[number];
  good(verify(null, signed, publicKey, signature));
});
rows['the signature and the claims'] = await speedOf(seconds, (at) =>
  good(readSigned(distinct[at % distinct.length] as string, pem)),
);
rows["jose's jwtVerify, as its documentation has it"] = await speedOf(seconds, (at) =>
  jwtVerify(distinct[at % distinct.length] as string, publicKey, {
    ...claims,
    algorithms: ['EdDSA'],
    typ: 'at+jwt',
  }),
);
await verifier.verify(`Bearer ${makeToken(privateKey, -1)}`);
rows['at the gateway, tokens all different'] = await speedOf(
  seconds,
  (at) => good(verifier.verify(textOf(distinctValues, at))),
  distinct.length - repeated.length,
);
for (const value of repeated) await verifier.verify(value.toString('latin1'));
rows['at the gateway, a thousand again and again'] = await speedOf(seconds, (at) =>
  good(verifier.verify(textOf(repeated, at))),
);
rows['at the gateway, refused: another key'] = await speedOf(seconds, (at) => {
  try {
    verifier.verify(textOf(forged, at));
  } catch {
    return;
  }
  throw new Error('a forged token was taken');
});

verifier.stop();
issuer.close();
hand(rows);
