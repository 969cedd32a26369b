import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

/** Where an installation answers. */
export interface Addresses {
  web: string;
  gateway: string;
}

/** What was tried, and why it failed if it did. */
export interface Trial {
  what: string;
  fault?: string;
}

interface Data {
  [field: string]: Data | undefined;
}

// The smallest PNG: one pixel.
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
  'base64',
);

/** Somebody new uses an installation through what it publishes alone, by the API and by the web without scripts; gives each thing tried. */
export async function tryInstallation({ web, gateway }: Addresses): Promise<Trial[]> {
  const username = `check_${randomBytes(4).toString('hex')}x`;
  const password = randomBytes(12).toString('base64url');
  const text = `Out of a container, says ${username}`;
  let token = '';

  async function ask(query: string, input?: object): Promise<Data> {
    const response = await fetch(`${gateway}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables: { input } }),
    });
    const { data, errors } = (await response.json()) as { data?: Data; errors?: { message: string }[] };
    if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
    if (!data) throw new Error(`an answer without data (${response.status})`);
    return data;
  }

  const steps: [what: string, run: () => Promise<unknown>][] = [
    [
      'registers',
      () =>
        ask('mutation ($input: RegisterInput!) { register(input: $input) { account { id } } }', {
          email: `${username}@example.org`,
          username,
          password,
        }),
    ],
    [
      'signs in by the API',
      async () => {
        const { logIn } = await ask(
          'mutation ($input: LogInInput!) { logIn(input: $input) { tokens { accessToken } } }',
          { identifier: username, password },
        );
        token = String(logIn?.tokens?.accessToken);
      },
    ],
    [
      'posts, which two services answer together',
      async () => {
        const post =
          'mutation ($input: CreatePostInput!) { createPost(input: $input) { post { author { username } } } }';
        // A moment later: its name has to reach the service of posts first.
        await soon(async () => {
          const { createPost } = await ask(post, { text });
          const author = String(createPost?.post?.author?.username);
          if (author !== username) throw new Error(`the author is ${author}`);
        });
      },
    ],
    [
      'uploads a picture straight to the storage',
      async () => {
        const { createUpload } = await ask(
          `mutation ($input: CreateUploadInput!) {
            createUpload(input: $input) { media { id } ticket { url fields { name value } } }
          }`,
          { mimeType: 'image/png', byteSize: picture.length },
        );
        const ticket = createUpload?.ticket as unknown as {
          url: string;
          fields: { name: string; value: string }[];
        };
        const form = new FormData();
        for (const { name, value } of ticket.fields) form.append(name, value);
        form.append('file', new Blob([picture], { type: 'image/png' }), 'one-pixel.png');
        const sent = await fetch(ticket.url, { method: 'POST', body: form });
        if (!sent.ok) throw new Error(`the storage says ${sent.status}`);
        const { completeUpload } = await ask(
          'mutation ($input: CompleteUploadInput!) { completeUpload(input: $input) { media { status } } }',
          { mediaId: createUpload?.media?.id },
        );
        const status = String(completeUpload?.media?.status);
        if (status !== 'READY') throw new Error(`the picture is ${status}`);
      },
    ],
    [
      'signs in on the web, whose page shows the post',
      async () => {
        const cookie = await signInOnWeb(web, username, password);
        const page = await (await fetch(`${web}/u/${username}`, { headers: { cookie } })).text();
        if (!page.includes(text)) throw new Error('the profile does not show it');
      },
    ],
    [
      'opens the explorer',
      async () => {
        const page = await fetch(`${gateway}/`, { headers: { accept: 'text/html' } });
        if (!page.ok) throw new Error(`the gateway says ${page.status}`);
      },
    ],
    [
      'deletes the account',
      () =>
        ask('mutation ($input: DeleteAccountInput!) { deleteAccount(input: $input) { deletedAfter } }', {
          password,
        }),
    ],
  ];

  const trials: Trial[] = [];
  for (const [what, run] of steps) {
    const fault = await run().then(() => undefined, String);
    trials.push({ what, ...(fault !== undefined && { fault }) });
  }
  return trials;
}

/** Fills the form in as a browser without scripts does; gives the cookies. */
async function signInOnWeb(web: string, identifier: string, password: string): Promise<string> {
  const page = await (await fetch(`${web}/sign-in`)).text();
  const form = page.match(/<form[^>]*>[\s\S]*?<\/form>/)?.[0] ?? '';
  const body = new FormData();
  for (const [field] of form.matchAll(/<input[^>]*>/g)) {
    const attribute = (name: string) =>
      (field.match(new RegExp(` ${name}="([^"]*)"`))?.[1] ?? '')
        .replace(/&quot;/g, '"')
        .replace(/&amp;/g, '&');
    const typed: Record<string, string> = { identifier, password };
    body.append(attribute('name'), typed[attribute('name')] ?? attribute('value'));
  }
  const answer = await fetch(`${web}/sign-in`, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: { origin: new URL(web).origin },
  });
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0]);
  if (cookies.length === 0) throw new Error(`the web says ${answer.status} and gives no cookie`);
  return cookies.join('; ');
}

/** Tries for ten seconds. */
async function soon(work: () => Promise<void>): Promise<void> {
  for (let left = 20; ; left -= 1) {
    try {
      return await work();
    } catch (error) {
      if (left === 0) throw error;
      await pause(500);
    }
  }
}
