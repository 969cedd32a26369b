import { checkDisplayName } from '@socialhub/platform/text/check-display-name';
import { checkEmail } from '../mail/email-address.ts';
import { checkPassword } from '../passwords/password.ts';
import { checkUsername } from '../usernames/username.ts';

/** What somebody registers with, as it will be stored. */
export interface Registration {
  email: string;
  username: string;
  displayName: string;
  password: string;
}

/** Checks a registration; throws BAD_USER_INPUT naming the first field that is wrong. */
export function checkRegistration(input: {
  email: string;
  username: string;
  displayName?: string | null;
  password: string;
}): Registration {
  const email = checkEmail('input.email', input.email);
  const username = checkUsername('input.username', input.username);
  return {
    email,
    username,
    displayName: checkDisplayName('input.displayName', input.displayName ?? input.username),
    password: checkPassword('input.password', input.password, { username, email }),
  };
}
