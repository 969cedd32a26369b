import type { ComponentProps } from 'react';
import { MemberPosts } from './for-members.tsx';
import { VisitorList } from './visitor-list.tsx';

/** Posts in the order given, on a page that is for everybody. `isVisitor`: nobody is signed in. */
export function Posts({
  posts,
  isVisitor,
}: ComponentProps<typeof VisitorList> & {
  isVisitor: boolean;
}) {
  return isVisitor ? <VisitorList posts={posts} /> : <MemberPosts posts={posts} />;
}
