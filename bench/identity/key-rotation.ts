import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createDatabase } from '@socialhub/platform/database/database';
import { uuidv7 } from '@socialhub/platform/ids';
import { createLogger } from '@socialhub/platform/log';
import { createAccessTokenVerifier } from '../../gateway/src/identity/access-token.ts';
import { createRevokedTokens } from '../../gateway/src/identity/revoked-tokens.ts';
import { signAccessToken } from '../../subgraphs/auth/src/domain/sessions/access-token.ts';
import { openKeyring } from '../../subgraphs/auth/src/domain/signing-keys/keyring.ts';
import { createClient } from '../../subgraphs/auth/src/store/client.ts';
import { storedKeys } from '../../subgraphs/auth/src/tasks/rotate-signing-keys.ts';
import { given, hand } from './part.ts';

/**
 * Signs and verifies without a pause while the keys rotate again and again: months pass in a second, by moving the times
 * in the table. Whatever lies between them in truth (that verifiers read the keys every five minutes, that a token lives
 * for fifteen) is as much shorter.
 */
const { databaseUrl, rotations } = given<{ databaseUrl: string; rotations: number }>();
const log = createLogger({ service: 'auth', level: 'error' });
const db = createDatabase(databaseUrl, createClient, log);
const secret = 'of the benchmark, longer than thirty-two characters';
const keyring = await openKeyring(storedKeys(db, secret, 30 * 86_400), secret, log);
const jwks = createServer(async (_request, response) =>
  response.end(JSON.stringify(await keyring.publicKeys())),
).listen(0, '127.0.0.1');
await once(jwks, 'listening');
const settings = { issuer: 'socialhub', audience: 'socialhub', accessSeconds: 900 };
const { verify, stop } = createAccessTokenVerifier({
  jwksUrl: `http://127.0.0.1:${(jwks.address() as AddressInfo).port}/`,
  ...settings,
  revoked: createRevokedTokens(),
  log,
  keyTimes: { refresh: 20 },
});

let verified = 0;
let refused = 0;
const kids = new Set<string>();
const tokens: string[] = [];
let isOver = false;

const check = async (token: string) => {
  try {
    await verify(`Bearer ${token}`);
    verified += 1;
  } catch {
    refused += 1;
  }
};
const load = async () => {
  while (!isOver) {
    const subject = { accountId: uuidv7(), sessionId: uuidv7(), role: 'MEMBER' as const };
    const { accessToken } = await signAccessToken(keyring, settings, subject);
    kids.add(accessToken.split('.', 1)[0] ?? '');
    tokens.push(accessToken);
    await check(accessToken);
    await check(tokens[Math.floor(Math.random() * tokens.length)] ?? accessToken);
    await new Promise(setImmediate);
  }
};
const loads = [load(), load(), load(), load()];

for (let turn = 0; turn < rotations; turn += 1) {
  // The key has signed for its thirty days: the next one is published, and heard of.
  await db.pool.query(`UPDATE signing_key SET signs_from = signs_from - interval '30 days'`);
  await keyring.rotate();
  await delay(60);
  // The next one takes over.
  await db.pool.query(
    `UPDATE signing_key SET signs_from = now() WHERE retired_at IS NULL AND signs_from > now()`,
  );
  await keyring.rotate();
  await delay(60);
  // What the one before has signed has expired, and it is retired.
  tokens.length = 0;
  await db.pool.query(
    `UPDATE signing_key SET signs_from = signs_from - interval '18 minutes' WHERE retired_at IS NULL`,
  );
  await keyring.rotate();
  await delay(30);
}
isOver = true;
await Promise.all(loads);
stop();
jwks.close();
await db.close();
hand({ rotations, keys: kids.size, verified, refused });
