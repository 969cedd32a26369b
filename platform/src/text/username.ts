/** What a username is made of, in either case. */
export const usernameCharacters = 'A-Za-z0-9_';

/** Of how many characters at most. */
export const maxUsername = 30;

const form = new RegExp(`^[${usernameCharacters}]{1,${maxUsername}}$`);

/** The one spelling under which a username is stored and looked up; null for what can't be one. */
export function usernameKey(text: string): string | null {
  const name = text.trim();
  // ASCII alone, asked before the case is folded: nothing that looks alike slips in.
  return form.test(name) ? name.toLowerCase() : null;
}
