import type { ReactNode } from 'react';
import { messageOf } from '../../actions/form-state.ts';
import { Notice, Unavailable } from '../../components/notice.tsx';
import styles from '../../components/timeline.module.css';
import type { Outcome } from '../../gateway/client.ts';
import { hasCode } from '../../gateway/faults.ts';
import type { TimelineFragment } from './generated/documents.ts';
import { LoadMore } from './load-more.tsx';
import { PostList } from './post-list.tsx';
import type { TimelineName } from './timeline-page.ts';

/** A page of a timeline and the way to the next, or a plain word about why there is none. */
export function Timeline({
  name,
  path,
  after,
  outcome,
  empty,
}: {
  name: TimelineName;
  path: '/' | '/explore';
  after: string | null;
  outcome: Outcome<{ timeline: TimelineFragment | null }>;
  empty: ReactNode;
}) {
  const page = outcome.data?.timeline;
  if (!page) {
    if (after !== null && hasCode(outcome.faults, 'BAD_USER_INPUT')) {
      return (
        <Notice title="That page does not exist">
          <p>The link to it is broken or out of date.</p>
          <p>
            <a href={path} className="button">
              Back to the newest posts
            </a>
          </p>
        </Notice>
      );
    }
    if (hasCode(outcome.faults, 'UNAVAILABLE')) return <Unavailable href={path} />;
    return (
      <Notice title="The posts could not be loaded">
        <p>{messageOf(outcome.faults[0])}</p>
      </Notice>
    );
  }
  const next = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  return (
    <>
      {after !== null && (
        <p className={styles.newest}>
          <a href={path}>Back to the newest posts</a>
        </p>
      )}
      {page.edges.length === 0 ? empty : <PostList posts={page.edges.map((edge) => edge.node)} />}
      {/* A new first page begins anew: what was appended to the old one may not join on. */}
      {next !== null && <LoadMore key={next} name={name} path={path} first={next} />}
    </>
  );
}
