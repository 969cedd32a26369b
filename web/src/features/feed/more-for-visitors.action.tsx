'use server';

import type { ReactNode } from 'react';
import { textsNow } from '#texts';
import { messageOf } from '../../forms/form-state.ts';
import { cursorFrom, readTimeline } from './timeline-page.ts';
import { VisitorList } from './visitor-list.tsx';

/** A page of posts as the server made it, and where the next begins. */
export interface MadePosts {
  posts: ReactNode;
  count: number;
  next: string | null;
}

/** Takes a cursor, gives the public posts behind it. */
export async function moreForVisitors(after: unknown): Promise<MadePosts | { fault: string }> {
  const t = await textsNow('feed');
  const cursor = cursorFrom(typeof after === 'string' ? after : undefined);
  if (cursor === null) return { fault: t('noSuchPage') };
  const { data, faults } = await readTimeline('public', cursor);
  if (!data?.timeline) return { fault: await messageOf(faults[0]) };
  const { edges, pageInfo } = data.timeline;
  return {
    posts: <VisitorList posts={edges.map(({ node }) => node)} />,
    count: edges.length,
    next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
  };
}
