import { badUserInput } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { TokenUse } from '../../store/mail/mail-tokens.ts';
import { parseMailToken } from './mail-token.ts';

/** What is looked for when somebody presents a token. Throws BAD_USER_INPUT when it can't be one. */
export function tokenUse(kind: TokenUse['kind'], viewer: Viewer | null, token: string): TokenUse {
  const hash = parseMailToken(token);
  if (!hash) throw tokenRefused();
  return { hash, kind, viewerId: viewer?.userId ?? null };
}

export const tokenRefused = () => badUserInput('input.token', 'is not valid: it was used, or is too old');
