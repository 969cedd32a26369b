import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@socialhub/platform/log';
import { startRabbitMq } from '@socialhub/servers/rabbitmq';
import { openSocket, startTwoGateways } from '../../tests/fixture/two-gateways.ts';
import { given, hand } from './part.ts';

/** How long after an answer "suspended", "role taken away" or "signed out" the sockets at two gateways are closed. */
const { databaseUrl, members, moderators, admin, password } = given<{
  databaseUrl: string;
  members: string[];
  moderators: string[];
  admin: string;
  password: string;
}>();
const folder = await mkdtemp(join(tmpdir(), 'socialhub-bench-'));
const rabbit = await startRabbitMq({ dataDir: folder });
const log = createLogger({ service: 'bench', level: 'error' });
const system = await startTwoGateways({
  databaseUrl,
  rabbitmqUrl: rabbit.url,
  log,
  authEnv: {
    SIGNING_KEY_SECRET: 'of the benchmark, longer than thirty-two characters',
    FAILED_SIGN_INS_PER_ADDRESS: '1000000',
  },
});
const [first = '', second = ''] = system.urls;

async function ask(query: string, variables: object, token?: string) {
  const response = await fetch(`${first}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: Record<string, never>; errors?: unknown };
  if (errors) throw new Error(JSON.stringify(errors));
  return data as unknown as {
    logIn: { tokens: { accessToken: string }; user: { id: string } };
  };
}

async function signIn(identifier: string) {
  const { logIn } = await ask(
    'mutation ($input: LogInInput!) { logIn(input: $input) { tokens { accessToken } user { id } } }',
    { input: { identifier, password } },
  );
  return { token: logIn.tokens.accessToken, id: logIn.user.id };
}

const boss = await signIn(admin);

/** Milliseconds from sending the request until both are closed, for each of these people. */
async function measure(people: string[], end: (who: { id: string; token: string }) => Promise<unknown>) {
  const took: number[] = [];
  for (const name of people) {
    const who = await signIn(name);
    const sockets = await Promise.all([first, second].map((url) => openSocket(url, who.token)));
    const began = performance.now();
    await Promise.all([end(who), ...sockets.map(({ closed }) => closed)]);
    took.push(performance.now() - began);
  }
  return took;
}

const half = Math.ceil(members.length / 2);
const result = {
  'signed out': await measure(members.slice(0, half), ({ token }) =>
    ask('mutation { logOut { ended } }', {}, token),
  ),
  suspended: await measure(members.slice(half), ({ id }) =>
    ask(
      'mutation ($input: SuspendAccountInput!) { suspendAccount(input: $input) { standing { __typename } } }',
      { input: { userId: id, reason: 'spam' } },
      boss.token,
    ),
  ),
  'role taken away': await measure(moderators, ({ id }) =>
    ask(
      'mutation ($input: SetRoleInput!) { setRole(input: $input) { standing { __typename } } }',
      { input: { userId: id, role: 'MEMBER' } },
      boss.token,
    ),
  ),
};
await system.stop();
await rabbit.stop();
await rm(folder, { recursive: true, force: true });
hand(result);
