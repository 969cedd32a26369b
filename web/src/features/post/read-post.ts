import 'server-only';
import { cache } from 'react';
import { PostQuery } from '../../gateway/operations.ts';
import { askPublic } from '../../gateway/public-reads.ts';
import { currentCaller } from '../../session/current-session.ts';

/** Reads a post and a page of its comments, once for all that a page makes of it. */
export const readPost = cache(async (id: string, first: number, after: string | null) =>
  askPublic(PostQuery, { id, first, after }, await currentCaller()),
);
