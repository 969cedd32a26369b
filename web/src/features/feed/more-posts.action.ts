'use server';

import { textsNow } from '#texts';
import { messageOf } from '../../forms/form-state.ts';
import type { TimelineFragment } from './generated/documents.ts';
import { cursorFrom, readTimeline } from './timeline-page.ts';

export type MorePosts = { page: TimelineFragment; fault: null } | { fault: string };

/** Takes a timeline's name and a cursor, gives the page behind it. */
export async function loadMore(name: unknown, after: unknown): Promise<MorePosts> {
  const t = await textsNow('feed');
  const cursor = cursorFrom(typeof after === 'string' ? after : undefined);
  if ((name !== 'home' && name !== 'public') || cursor === null) return { fault: t('noSuchPage') };
  const { data, faults } = await readTimeline(name, cursor);
  return data?.timeline ? { page: data.timeline, fault: null } : { fault: await messageOf(faults[0]) };
}
