'use server';

import { messageOf } from '../../forms/form-state.ts';
import type { TimelineFragment } from './generated/documents.ts';
import { cursorFrom, readTimeline } from './timeline-page.ts';

export type MorePosts = { page: TimelineFragment; fault: null } | { fault: string };

/** Takes a timeline's name and a cursor, gives the page behind it. */
export async function loadMore(name: unknown, after: unknown): Promise<MorePosts> {
  const cursor = cursorFrom(typeof after === 'string' ? after : undefined);
  if ((name !== 'home' && name !== 'public') || cursor === null)
    return { fault: 'That page does not exist.' };
  const { data, faults } = await readTimeline(name, cursor);
  return data?.timeline ? { page: data.timeline, fault: null } : { fault: messageOf(faults[0]) };
}
