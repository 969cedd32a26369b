import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceName } from '@socialhub/platform/contracts/services';
import { decodeGlobalId } from '@socialhub/platform/global-ids/codec';
import { createApi, type Execute } from './api.ts';
import { deeds } from './deeds.ts';
import { type DemoUsername, hosts, people } from './people.ts';
import { pictures } from './pictures.ts';
import { spreadOverDays } from './spread-over-days.ts';
import { uploadPicture } from './upload-picture.ts';
import type { Deed } from './verbs.ts';

/** A demo account, to sign in with. */
export interface DemoPerson {
  username: string;
  password: string;
}

/** How far it has come. */
interface Progress {
  /** Of how many deeds: those of another release are other ones. */
  of: number;
  /** What has been made, by the name that the deeds have for it. */
  ids: Record<string, string>;
  done: number;
  /** When each began. */
  began: number[];
}

/**
 * Gives an empty SocialHub some people who have done to each other what people do there. Done once per home, through the
 * public API as any client would; `demo.json` in the home remembers it, and goes on where an earlier first start was cut off.
 * Gives the accounts that one is shown to sign in with.
 */
export async function addDemo(options: {
  gatewayUrl: string;
  home: string;
  password: string;
  databases: Readonly<Record<ServiceName, string>>;
}): Promise<DemoPerson[]> {
  const { gatewayUrl, home, password, databases } = options;
  const accounts = hosts.map((username) => ({ username, password }));
  const file = join(home, 'demo.json');
  const progress = readProgress(file);
  if (progress === null || progress.done === deeds.length) return accounts;

  const execute = createApi(`${gatewayUrl}/graphql`);
  const { ids } = progress;
  const tokens = new Map<DemoUsername, string>();
  for (const person of people) {
    const { id, token } = await signUp(execute, person, password);
    tokens.set(person.username, token);
    ids[person.username] = id;
  }
  for (const { name, by, ...shows } of pictures) {
    ids[name] ??= await uploadPicture(shows, (query, variables) => execute(query, variables, tokens.get(by)));
  }
  for (const deed of deeds.slice(progress.done)) {
    progress.began[progress.done] = Date.now();
    await act(execute, deed, tokens.get(deed.by), ids);
    progress.done += 1;
    // Of the last it is written down once all has its time.
    if (progress.done < deeds.length) keep(file, progress);
  }
  const everybody = people.map(({ username }) => decodeGlobalId(ids[username] ?? '')?.uuid ?? '');
  await spreadOverDays(databases, everybody, [...progress.began, Date.now()]);
  keep(file, progress);
  // Whoever signs in as one of them finds no device there that is none.
  for (const token of tokens.values()) await execute('mutation { logOut { ended } }', {}, token);
  return accounts;
}

const keep = (file: string, progress: Progress) =>
  writeFileSync(file, JSON.stringify(progress), { mode: 0o600 });

/** null: the home has its demo from another release, which stays as it is. */
function readProgress(file: string): Progress | null {
  if (!existsSync(file)) return { of: deeds.length, ids: {}, done: 0, began: [] };
  const read = JSON.parse(readFileSync(file, 'utf8')) as Partial<Progress>;
  return read.of === deeds.length ? (read as Progress) : null;
}

async function act(
  execute: Execute,
  { verb, input, gives }: Deed,
  token: string | undefined,
  ids: Record<string, string>,
): Promise<void> {
  const [selection, name] = gives ?? ['__typename', undefined];
  const type = `${verb.charAt(0).toUpperCase()}${verb.slice(1)}Input`;
  const { payload } = await execute(
    `mutation ($input: ${type}!) { payload: ${verb}(input: $input) { ${selection} } }`,
    { input: input(ids) },
    token,
  );
  const [made] = Object.values(payload as Record<string, { id: string }>);
  if (name && made) ids[name] = made.id;
}

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
