import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

/** Somebody with an account, signed in. */
export interface Person {
  id: string;
  username: string;
  /** The access token of now. */
  token(): string;
  ask(query: string, variables?: object): Promise<Record<string, never>>;
  /** Calls `onEvent` with the data of each event; resolves when the subscription has been sent. */
  watch(query: string, onEvent: (data: Record<string, never>) => void): Promise<() => Promise<void>>;
}

const atOnce = 4;
/** Of the quarter of an hour that a token is good for. */
const renewEveryMs = 600_000;
const renewAgainMs = 5_000;

/** Registers so many people. */
export async function register(url: string, count: number, name = 'p'): Promise<Person[]> {
  const people: Person[] = [];
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const at = next++;
      people[at] = await registerOne(url, `${name}${at}x${Math.random().toString(36).slice(2, 8)}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return people;
}

async function registerOne(url: string, username: string): Promise<Person> {
  const made = await ask(
    url,
    undefined,
    'mutation ($input: RegisterInput!) { register(input: $input) { tokens { accessToken refreshToken } user { id } } }',
    {
      input: {
        email: `${username}@example.org`,
        username,
        displayName: username,
        password: 'Ridge heron plank mosaic',
      },
    },
  );
  let tokens: { accessToken: string; refreshToken: string } = made.register.tokens;
  const own = (query: string, variables?: object) => ask(url, tokens.accessToken, query, variables);
  const renew = async () => {
    const renewed = await ask(
      url,
      undefined,
      'mutation ($token: String!) { refreshTokens(input: { refreshToken: $token }) { tokens { accessToken refreshToken } } }',
      { token: tokens.refreshToken },
    );
    tokens = renewed.refreshTokens.tokens;
  };
  // Before the auth service may be away for a while.
  const renewSurely = (): Promise<void> =>
    renew().catch(() => new Promise<void>((resolve) => setTimeout(resolve, renewAgainMs)).then(renewSurely));
  setInterval(renewSurely, renewEveryMs).unref();
  let id: string | undefined = made.register.user?.id;
  for (const end = performance.now() + 20_000; id === undefined && performance.now() < end; ) {
    id = (await own('{ viewer { id } }')).viewer?.id;
  }
  if (id === undefined) throw new Error(`no profile of ${username} within 20 s`);
  return {
    id,
    username,
    token: () => tokens.accessToken,
    ask: own,
    watch: (query, onEvent) => watch(url, () => tokens.accessToken, query, onEvent),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: what a server answers
async function ask(url: string, token: string | undefined, query: string, variables?: object): Promise<any> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(30_000),
  });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: { message: string }[] };
  if (errors?.[0]) throw new Error(`${errors[0].message}: ${query.slice(0, 80)}`);
  return data;
}

/** A socket for each watch, as a browser's tab has one. */
async function watch(
  url: string,
  token: () => string,
  query: string,
  onEvent: (data: Record<string, never>) => void,
): Promise<() => Promise<void>> {
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: () => ({ authorization: `Bearer ${token()}` }),
    lazy: false,
    // With the next token where this one has expired.
    retryAttempts: Infinity,
    shouldRetry: () => true,
    onNonLazyError: () => undefined,
  });
  await new Promise<void>((resolve, reject) => {
    client.on('connected', () => resolve());
    client.on('error', reject);
  });
  client.subscribe(
    { query },
    {
      next: ({ data }) => data && onEvent(data as Record<string, never>),
      error: () => {},
      complete: () => {},
    },
  );
  return async () => client.dispose();
}
