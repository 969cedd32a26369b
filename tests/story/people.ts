import { randomBytes } from 'node:crypto';
import { gid } from '@socialhub/platform/testing/gid';
import { until } from '@socialhub/platform/testing/until';
import { type Phone, phone } from './client.ts';

/** Somebody with an account and a phone that is signed in. */
export interface Person extends Phone {
  id: string;
  username: string;
  password: string;
  accessToken: string;
  refreshToken: string;
}

/** Registers somebody new under a name that nobody has yet, and waits until others can meet them. */
export async function register(url: string, name: string): Promise<Person> {
  // A letter at the end: `admin_` with nothing but digits behind it would be refused, as speaking for the house.
  const username = `${name.toLowerCase()}_${randomBytes(4).toString('hex')}x`;
  const password = randomBytes(12).toString('base64url');
  const { register: made } = await phone(url).ask(
    `mutation ($input: RegisterInput!) {
       register(input: $input) {
         tokens { accessToken refreshToken }
         user { id username displayName }
       }
     }`,
    { input: { email: `${username}@example.org`, username, displayName: name, password } },
  );
  const { accessToken, refreshToken } = made.tokens;
  // Not of the answer's `user`, which is null while many register at once and the user service hears of them one by one.
  const { sub } = JSON.parse(Buffer.from(accessToken.split('.')[1], 'base64url').toString());
  const id = gid('User', sub);
  const own = phone(url, accessToken);
  // Nobody can follow or block somebody of whom the user service has not heard.
  await until(async () => (await own.send('{ viewer { id } }')).data?.viewer, {
    what: `a profile of ${name}`,
  });
  return { ...own, id, username, password, accessToken, refreshToken };
}
