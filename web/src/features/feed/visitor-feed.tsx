import type { ReactNode } from 'react';
import type { TimelineFragment } from './generated/documents.ts';
import { MoreForVisitors } from './more-for-visitors.tsx';
import { VisitorList } from './visitor-list.tsx';

/** As Feed, for whoever is signed out. */
export function VisitorFeed({
  path,
  page,
  empty,
}: {
  path: string;
  page: TimelineFragment;
  empty: ReactNode;
}) {
  const { edges, pageInfo } = page;
  return (
    <>
      {edges.length === 0 ? empty : <VisitorList posts={edges.map(({ node }) => node)} />}
      {pageInfo.hasNextPage && pageInfo.endCursor !== null && (
        <MoreForVisitors path={path} first={pageInfo.endCursor} />
      )}
    </>
  );
}
