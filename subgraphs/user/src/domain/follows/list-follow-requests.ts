import type { Context } from '../../context.ts';
import { listRequestPage } from '../../store/follows/follows.ts';
import { listOthers } from '../relationships/list-others.ts';

/** A page of those who have asked to follow the viewer, latest first. Throws UNAUTHENTICATED, BAD_USER_INPUT. */
export const listFollowRequests = (
  context: Context,
  args: { first?: number | null; after?: string | null },
) => listOthers('followRequests', listRequestPage, context, args);
