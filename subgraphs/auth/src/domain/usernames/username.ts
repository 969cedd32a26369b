import { badUserInput } from '@socialhub/platform/errors';
import { usernameKey } from '@socialhub/platform/text/username';
import { houseName, houseVoices, reservedUsernames } from './reserved-usernames.ts';
import { skeletonOf, wordsIn } from './username-skeleton.ts';

const minLength = 3;

/** The one spelling under which a username is stored and looked up. Null when no username can be spelled so. */
export function normaliseUsername(text: string): string | null {
  const username = usernameKey(text);
  return username !== null && username.length >= minLength ? username : null;
}

/** The username out of a registration; throws BAD_USER_INPUT naming `field`. */
export function checkUsername(field: string, text: string): string {
  const username = normaliseUsername(text);
  if (username === null) throw badUserInput(field, faultOf(text));
  if (!/[a-z0-9]/.test(username)) throw badUserInput(field, 'must have a letter or a digit');
  if (isReserved(username)) throw badUserInput(field, 'is reserved, or looks like a name that is');
  return username;
}

/** Letters that only look like a-z are told apart from a slip: whoever pastes a name can't see the difference. */
const faultOf = (text: string): string =>
  /[^\p{ASCII}]/u.test(text.trim())
    ? 'takes a-z, 0-9 and _ only: it has other letters, which may look the same'
    : 'takes 3 to 30 of a-z, 0-9 and _';

/**
 * Whether people would take the name for the house's own. Underscores make no other name of a reserved one, nor do digits
 * in the place of letters, nor i for l in words that are long enough not to be somebody's name.
 */
function isReserved(username: string): boolean {
  if (skeletonOf(username).includes(skeletonOf(houseName))) return true;
  if (longSkeletons.has(skeletonOf(username))) return true;
  const spellings = [username, username.replace(/[_\d]+$/, '')];
  return (
    wordsIn(username).some((word) => reservedUsernames.has(word)) ||
    spellings.flatMap(wordsIn).some((word) => houseVoices.has(word))
  );
}

const longWord = 6;
const longSkeletons = new Set(
  [...reservedUsernames].filter((word) => word.length >= longWord).map(skeletonOf),
);
