'use server';

import type { ReactNode } from 'react';
import { messageOf } from '../../actions/form-state.ts';
import { PostList } from './post-list.tsx';
import { cursorFrom, readTimeline } from './timeline-page.ts';

export type MorePosts =
  | { posts: ReactNode; count: number; next: string | null; fault: null }
  | { fault: string };

/** Takes a timeline's name and a cursor, gives the next posts, rendered, and the cursor after them. */
export async function loadMore(name: unknown, after: unknown): Promise<MorePosts> {
  const cursor = cursorFrom(typeof after === 'string' ? after : undefined);
  if ((name !== 'home' && name !== 'public') || cursor === null)
    return { fault: 'That page does not exist.' };
  const { data, faults } = await readTimeline(name, cursor);
  if (!data?.timeline) return { fault: messageOf(faults[0]) };
  const { edges, pageInfo } = data.timeline;
  return {
    posts: <PostList posts={edges.map((edge) => edge.node)} />,
    count: edges.length,
    next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
    fault: null,
  };
}
