import { gql } from '@apollo/client';
import { expect, test } from 'vitest';
import { createCache } from './cache.ts';
import { noteAnswer, noting, writeKeeping } from './changed-here.ts';

const CARD = gql`
  fragment Card on Post {
    id
    text
    repostCount
    author {
      id
      viewerRelationship {
        follow
        muting
      }
    }
  }
`;
const card = (text: string, repostCount: number, follow: string) => ({
  __typename: 'Post',
  id: '1',
  text,
  repostCount,
  author: {
    __typename: 'User',
    id: '2',
    viewerRelationship: { __typename: 'ViewerRelationship', follow, muting: false },
  },
});

function cacheWith(data: object) {
  const cache = createCache();
  const write = (part: object) => cache.writeFragment({ fragment: CARD, id: 'Post:1', data: part });
  write(data);
  return { cache, write, read: () => cache.readFragment({ fragment: CARD, id: 'Post:1' }) };
}

test('of a page that was asked for before a change what one changed stays, and the rest is the page’s', () => {
  const { cache, write, read } = cacheWith(card('as it was', 5, 'FOLLOWING'));
  noteAnswer(cache, { follow: { user: { __typename: 'User', id: '2', viewerRelationship: {} } } });
  noting(cache).modify({ id: 'Post:1', fields: { repostCount: (count) => Number(count) + 1 } });
  const late = card('edited', 4, 'NONE');
  writeKeeping(cache, late, performance.now() - 1_000, () => void write(late));
  expect(read()).toEqual(card('edited', 6, 'FOLLOWING'));
});

test('a page that was asked for since is the newest', () => {
  const { cache, write, read } = cacheWith(card('as it was', 5, 'FOLLOWING'));
  noteAnswer(cache, card('as it was', 5, 'FOLLOWING'));
  const fresh = card('edited', 4, 'NONE');
  writeKeeping(cache, fresh, performance.now() + 1, () => void write(fresh));
  expect(read()).toEqual(fresh);
});
