import type { Context } from '../../context.ts';
import { listMutePage } from '../../store/mutes/mutes.ts';
import { listOthers } from '../relationships/list-others.ts';

/** A page of those whom the viewer mutes, latest first. Throws UNAUTHENTICATED, BAD_USER_INPUT. */
export const listMuted = (context: Context, args: { first?: number | null; after?: string | null }) =>
  listOthers('mutedUsers', listMutePage, context, args);
