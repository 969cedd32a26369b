import 'server-only';
import { type Role, roles } from '@socialhub/platform/identity/identity';
import { cache } from 'react';
import { currentCaller } from './current-session.ts';
import { claimOf } from './token-claims.ts';

/**
 * Gives the role that the caller's token claims, to show what it may do; the services decide what it does, and the gateway takes no token
 * with a role that is another by now. MEMBER in doubt.
 */
export const currentRole = cache(async (): Promise<Role> => {
  const { accessToken } = await currentCaller();
  const claimed = accessToken && claimOf(accessToken, 'role');
  return roles.find((role) => role === claimed) ?? 'MEMBER';
});
