import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A demo account, to sign in with. */
export interface DemoPerson {
  username: string;
  password: string;
}

const people = [
  {
    username: 'ada',
    displayName: 'Ada',
    posts: ['Hello from #SocialHub. Everything here runs on one machine.'],
    ringsFor: ['linus'],
  },
  {
    username: 'grace',
    displayName: 'Grace',
    posts: ['A live chat, an explorer and a timeline, @ada: not bad for one command.'],
    ringsFor: ['ada', 'linus'],
  },
  {
    username: 'linus',
    displayName: 'Linus',
    posts: ['I read every post that you write. #hello'],
    ringsFor: ['ada', 'grace'],
  },
];

const timeoutMs = 15_000;

/**
 * Gives an empty SocialHub three people who follow each other, are notified of some of the posts, and have posted. Done once per home, through the public
 * API as any client would; `demo.json` in the home remembers it. Gives the accounts.
 */
export async function addDemo(options: {
  gatewayUrl: string;
  home: string;
  password: string;
}): Promise<DemoPerson[]> {
  const { gatewayUrl, home, password } = options;
  const accounts = people.map(({ username }) => ({ username, password }));
  const done = join(home, 'demo.json');
  if (existsSync(done)) return JSON.parse(readFileSync(done, 'utf8')) as DemoPerson[];

  const execute = api(`${gatewayUrl}/graphql`);
  const signedUp: SignedUp[] = [];
  for (const person of people) signedUp.push(await signUp(execute, person, password));
  const act = (verb: 'followUser' | 'ringBell', me: SignedUp, other: SignedUp) =>
    execute(
      `mutation ($id: ID!) { ${verb}(input: { userId: $id }) { user { id } } }`,
      { id: other.id },
      me.token,
    );
  for (const [index, me] of signedUp.entries()) {
    for (const [at, other] of signedUp.entries()) {
      if (other === me) continue;
      await act('followUser', me, other);
      if (people[index]?.ringsFor.includes(people[at]?.username ?? '')) await act('ringBell', me, other);
    }
  }
  for (const [index, person] of people.entries()) {
    for (const text of person.posts) {
      const token = signedUp[index]?.token;
      await execute(
        'mutation ($text: String!) { createPost(input: { text: $text }) { post { id } } }',
        { text },
        token,
      );
    }
  }
  writeFileSync(done, JSON.stringify(accounts, null, 2), { mode: 0o600 });
  return accounts;
}

interface SignedUp {
  id: string;
  token: string;
}

type Execute = (query: string, variables: object, token?: string) => Promise<Record<string, unknown>>;

async function signUp(execute: Execute, person: (typeof people)[number], password: string) {
  // The name comes from the user service, once it knows them: before that nobody can follow them.
  const selection = '{ user { id username } tokens { accessToken } }';
  const email = `${person.username}@example.org`;
  const payload = (data: Record<string, unknown>) =>
    data.payload as { user: { id: string }; tokens: { accessToken: string } };
  try {
    const input = { email, username: person.username, displayName: person.displayName, password };
    const made = payload(
      await execute(`mutation ($input: RegisterInput!) { payload: register(input: $input) ${selection} }`, {
        input,
      }),
    );
    return { id: made.user.id, token: made.tokens.accessToken };
  } catch (error) {
    // An earlier first start was cut off after this person had signed up.
    if (!(error instanceof Error && error.message.includes('CONFLICT'))) throw error;
    const input = { identifier: person.username, password };
    const found = payload(
      await execute(`mutation ($input: LogInInput!) { payload: logIn(input: $input) ${selection} }`, {
        input,
      }),
    );
    return { id: found.user.id, token: found.tokens.accessToken };
  }
}

function api(url: string): Execute {
  return async (query, variables, token) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answer = (await response.json()) as {
      data?: Record<string, unknown>;
      errors?: { message: string; extensions?: { code?: string } }[];
    };
    const [error] = answer.errors ?? [];
    if (error || !answer.data)
      throw new Error(`the demo could not be made: ${error?.extensions?.code} ${error?.message}`);
    return answer.data;
  };
}
