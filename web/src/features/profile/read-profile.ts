import 'server-only';
import { cache } from 'react';
import { ProfileQuery } from '../../gateway/operations.ts';
import { askPublic } from '../../gateway/public-reads.ts';
import { currentCaller } from '../../session/current-session.ts';
import { PAGE_SIZE } from '../feed/timeline-page.ts';

/** Reads somebody's profile and a page of their posts, once for all that a page makes of it. */
export const readProfile = cache(async (username: string, after: string | null) =>
  askPublic(ProfileQuery, { username, first: PAGE_SIZE, after }, await currentCaller()),
);
