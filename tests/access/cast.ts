import { readFile } from 'node:fs/promises';
import { grantRoleAt } from '@socialhub/auth/operator-commands';
import { authDatabaseUrl } from '@socialhub/local/admin';
import type { StartOptions } from '@socialhub/local/options';
import { type OperationResult, until } from '@socialhub/platform/testing/until';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { type Phone, phone } from '../story/client.ts';
import { type Person, register } from '../story/people.ts';

/** Who looks at what the owner has. The owner blocks one of them, and is followed by another. */
export const roles = [
  'anonymous',
  'member',
  'follower',
  'blocked',
  'moderator',
  'admin',
  'suspended',
] as const;
export type RoleName = (typeof roles)[number];

export interface Cast {
  owner: Person;
  /** The other one in the owner's conversation. */
  friend: Person;
  phones: Record<RoleName, Phone>;
  /** What each operation is answered at the gateway's door, over one WebSocket of the role. */
  askOverSocket(role: RoleName, operations: readonly string[]): Promise<OperationResult[]>;
  /** Somebody else with the same rights, who may lose what they have. */
  standIn(role: RoleName): Promise<Phone>;
  /** Another session of somebody's, to be lost. */
  anotherSession(person: Person): Promise<Phone & { id: string }>;
}

/** Registers everybody and makes them what they are, through the public door; the first admin comes from the command line. */
export async function castAt(url: string, options: StartOptions): Promise<Cast> {
  const names = ['Owner', 'Friend', 'Member', 'Follower', 'Blocked', 'Moderator', 'Admin', 'Suspended'];
  const everybody = await Promise.all(names.map((name) => register(url, name)));
  const [owner, friend, member, follower, blocked, mod, adm, suspended] = everybody as [
    Person,
    Person,
    Person,
    Person,
    Person,
    Person,
    Person,
    Person,
  ];
  await grantRoleAt(authDatabaseUrl({ SOCIALHUB_HOME: options.home }), adm.username, 'ADMIN');
  const setRole =
    'mutation ($id: ID!, $role: Role!) { setRole(input: { userId: $id, role: $role }) { standing { role } } }';
  const admin = await refreshed(url, adm);
  const act = (who: Phone, text: string, variables: object) => who.ask(text, variables);
  await act(admin, setRole, { id: mod.id, role: 'MODERATOR' });
  const moderator = await refreshed(url, mod);
  await act(follower, 'mutation ($id: ID!) { followUser(input: { userId: $id }) { user { id } } }', {
    id: owner.id,
  });
  await act(owner, 'mutation ($id: ID!) { blockUser(input: { userId: $id }) { user { id } } }', {
    id: blocked.id,
  });
  await act(
    moderator,
    'mutation ($id: ID!) { suspendAccount(input: { userId: $id, reason: "spam" }) { standing { suspendedAt } } }',
    { id: suspended.id },
  );
  await until(async () => (await suspended.send('{ viewer { id } }')).errors, {
    what: 'the end of a session',
  });
  const bearers: Record<RoleName, Person | null> = {
    ...{ anonymous: null, member, follower, blocked, moderator, admin, suspended },
  };
  const phones = { anonymous: phone(url), member, follower, blocked, moderator, admin, suspended };
  return {
    owner,
    friend,
    phones,
    askOverSocket: (role, operations) => answersAtTheDoor(url, bearers[role]?.accessToken, operations),
    async standIn(role) {
      if (role === 'anonymous' || role === 'suspended') return phones[role];
      const person = await register(url, 'Standin');
      if (role !== 'moderator' && role !== 'admin') return person;
      await act(admin, setRole, { id: person.id, role: role === 'admin' ? 'ADMIN' : 'MODERATOR' });
      return refreshed(url, person);
    },
    anotherSession: async (person) => {
      const { logIn } = await phone(url).ask(
        `mutation ($input: LogInInput!) { logIn(input: $input) {
          tokens { accessToken } account { sessions { edges { node { id current } } } } } }`,
        { input: { identifier: person.username, password: person.password } },
      );
      const current = logIn.account.sessions.edges.find(
        ({ node }: { node: { current: boolean } }) => node.current,
      );
      return { ...phone(url, logIn.tokens.accessToken), id: current.node.id };
    },
  };
}

/**
 * Sends all of them, and after them a query: the gateway decides in order, so that once this is answered, what is not
 * refused is admitted (an answer without errors), whatever comes of it later. A connection that is refused refuses all.
 */
async function answersAtTheDoor(
  url: string,
  accessToken: string | undefined,
  operations: readonly string[],
): Promise<OperationResult[]> {
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: accessToken ? { authorization: `Bearer ${accessToken}` } : {},
    retryAttempts: 0,
  });
  const answers: OperationResult[] = operations.map(() => ({}));
  const settled = (query: string, next: (answer: OperationResult) => void) =>
    new Promise<void>((resolve) => {
      client.subscribe(
        { query },
        {
          next: (answer) => next(answer as OperationResult),
          error(fault) {
            next({ errors: Array.isArray(fault) ? fault : [closedWith(fault)] });
            resolve();
          },
          complete: resolve,
        },
      );
    });
  try {
    operations.forEach((text, at) => {
      settled(text, (answer) => {
        answers[at] = answer;
      });
    });
    await settled('{ __typename }', () => undefined);
    return answers;
  } finally {
    client.terminate();
  }
}

/** A connection is refused with 4403, which is what UNAUTHENTICATED is there. */
function closedWith(fault: unknown): NonNullable<OperationResult['errors']>[number] {
  const code = (fault as { code?: unknown }).code;
  return {
    message: 'closed',
    extensions: { code: code === 4403 ? 'UNAUTHENTICATED' : `closed with ${code}` },
  };
}

/** The same person with the role that they have by now. */
async function refreshed(url: string, person: Person): Promise<Person> {
  // Not as the person: their access token may say a role that they had before.
  const { refreshTokens } = await phone(url).ask(
    'mutation ($token: String!) { refreshTokens(input: { refreshToken: $token }) { tokens { accessToken refreshToken } } }',
    { token: person.refreshToken },
  );
  const { accessToken, refreshToken } = refreshTokens.tokens;
  return { ...person, ...phone(url, accessToken), accessToken, refreshToken };
}

/** Uploads a picture, and has it examined unless told otherwise; gives its id. */
export async function upload(person: Phone, picture: Buffer, { complete = true } = {}): Promise<string> {
  const { createUpload } = await person.ask(
    `mutation ($size: Int!) { createUpload(input: { mimeType: "image/png", byteSize: $size }) {
      media { id } ticket { url fields { name value } } } }`,
    { size: picture.length },
  );
  const form = new FormData();
  for (const { name, value } of createUpload.ticket.fields) form.append(name, value);
  form.append('file', new Blob([new Uint8Array(picture)], { type: 'image/png' }));
  const response = await fetch(createUpload.ticket.url, { method: 'POST', body: form });
  if (!response.ok) throw new Error(`the upload was answered ${response.status}`);
  const { id } = createUpload.media;
  if (!complete) return id;
  const done = await person.ask(
    'mutation ($id: ID!) { completeUpload(input: { mediaId: $id }) { media { status } } }',
    {
      id,
    },
  );
  if (done.completeUpload.media.status !== 'READY') throw new Error('the picture is not ready');
  return id;
}

/** The code with which an operation was answered; without one `null` where its only root is, else `ok`. */
export function outcomeOf({ data, errors: [error] = [] }: OperationResult): string {
  if (error) return String(error.extensions?.code);
  return Object.values(data).every((root) => root === null) ? 'null' : 'ok';
}

/** What services logged at level error or above. */
export async function loggedErrors(logFile: string): Promise<unknown[]> {
  const lines = (await readFile(logFile, 'utf8')).trim().split('\n');
  return lines
    .map((line) => JSON.parse(line) as { level: number | string })
    .filter(({ level }) => level === 'error' || Number(level) >= 50);
}
