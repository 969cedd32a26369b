import 'server-only';
import { cache } from 'react';
import { ask } from '../gateway/client.ts';
import { RoleQuery } from '../gateway/operations.ts';
import { currentCaller } from './current-session.ts';
import type { Role } from './generated/documents.ts';

/** Gives the role of whoever asks, to show what it may do; the services decide what it does. MEMBER in doubt. */
export const currentRole = cache(async (): Promise<Role> => {
  const caller = await currentCaller();
  if (!caller.accessToken) return 'MEMBER';
  const { data } = await ask(RoleQuery, {}, caller);
  return data?.account?.role ?? 'MEMBER';
});
