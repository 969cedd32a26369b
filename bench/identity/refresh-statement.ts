import pg from 'pg';
import {
  mintRefreshToken,
  parseRefreshToken,
  sealSuccessor,
} from '../../subgraphs/auth/src/domain/sessions/refresh-token-format.ts';
import { rotateRefreshToken } from '../../subgraphs/auth/src/store/sessions/refresh-tokens.ts';
import { given, hand } from './part.ts';

/** Runs the statement of a refresh and nothing else, on as many connections as the service has. */
const { databaseUrl, tokens, seconds } = given<{
  databaseUrl: string;
  tokens: string[];
  seconds: number;
}>();
// The peers bring types of pg of their own.
const pool = new pg.Pool({ connectionString: databaseUrl, max: tokens.length }) as unknown as pg.Pool &
  Parameters<typeof rotateRefreshToken>[0];
const began = performance.now();
const cpu = process.cpuUsage();
let count = 0;
await Promise.all(
  tokens.map(async (text) => {
    let token = parseRefreshToken(text);
    while (token && performance.now() - began < seconds * 1000) {
      const successor = mintRefreshToken();
      const rotated = await rotateRefreshToken(pool, {
        hash: token.hash,
        successorHash: successor.hash,
        sealedSuccessor: sealSuccessor(token, successor),
        idleSeconds: 2_592_000,
        client: { userAgent: 'bench', ipAddress: '192.0.2.7' },
      });
      if (!rotated?.renewed) throw new Error('a good token was refused');
      token = successor;
      count += 1;
    }
  }),
);
const elapsed = (performance.now() - began) / 1000;
const { user, system } = process.cpuUsage(cpu);
await pool.end();
hand({ count, perSecond: count / elapsed, cpuMicros: (user + system) / count });
