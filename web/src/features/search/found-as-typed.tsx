import more from '../../ui/timeline.module.css';
import type { TimelineFragment } from '../feed/generated/documents.ts';
import { PostList } from '../feed/post-list.tsx';
import type { ListedPersonFragment } from '../profile/generated/documents.ts';
import { PeopleList } from '../profile/people-list.tsx';
import { HowToSearch } from './how-to-search.tsx';
import { searchPath } from './search-path.ts';

/** What was found for what was typed; a page of null: that cannot be read. */
export type Found =
  | { type: 'people'; of: string; people: ListedPersonFragment[] }
  | { type: 'posts'; of: string; page: TimelineFragment | null };

/** What is said when it is there. */
export function foundText(found: Found): string {
  if (found.type === 'people')
    return found.people.length === 0
      ? 'Nobody found'
      : `${found.people.length} ${found.people.length === 1 ? 'person' : 'people'} found`;
  const { length } = found.page?.edges ?? [];
  return length === 0 ? 'Nothing found' : `${length} ${length === 1 ? 'post' : 'posts'} found`;
}

/** The first that was found as one types; the whole search is a page. */
export function FoundAsTyped({ found }: { found: Found }) {
  if (found.type === 'people') return <People people={found.people} />;
  if (!found.page) return <HowToSearch />;
  const { edges, pageInfo } = found.page;
  if (edges.length === 0 && !pageInfo.hasNextPage)
    return <p className="page-lead">No post that you may read has all of this.</p>;
  return (
    <>
      <PostList posts={edges.map(({ node }) => node)} />
      {pageInfo.hasNextPage && (
        <p className={more.more}>
          <a href={searchPath(found.of, 'posts')} className="button">
            See all
          </a>
        </p>
      )}
    </>
  );
}

function People({ people }: { people: ListedPersonFragment[] }) {
  if (people.length === 0) return <p className="page-lead">Nobody here has a name or username like this.</p>;
  return <PeopleList people={people} label="People" />;
}
