import type { Context } from '../../context.ts';
import { listBlockPage } from '../../store/blocks/blocks.ts';
import { listOthers } from '../relationships/list-others.ts';

/** A page of those whom the viewer blocks, latest first. Throws UNAUTHENTICATED, BAD_USER_INPUT. */
export const listBlocked = (context: Context, args: { first?: number | null; after?: string | null }) =>
  listOthers('blockedUsers', listBlockPage, context, args);
