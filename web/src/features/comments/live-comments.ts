import type { ApolloClient } from '@apollo/client';
import type { Graph } from '../../graph/client.ts';
import { PAGE_SIZE } from '../feed/page-size.ts';
import type { NotificationRowFragment } from '../notifications/generated/documents.ts';
import { onNotified } from '../notifications/notified.ts';
import {
  CommentStandingFragmentDoc,
  CommentsNowDocument,
  PostNowDocument,
  type PostNowQuery,
  PostStandingFragmentDoc,
} from './generated/documents.ts';
import { ShownCommentsFragmentDoc } from './generated/new-comments.ts';

/** A comment that is there. */
export interface Arrived {
  id: string;
  authorId: string | undefined;
}

/** No stream tells of a post, so it is asked for, once in about this time, while its page is seen. */
const everyMs = 30_000;
/** Who is notified of something there may be looking at it. */
const soonMs = 1_000;
const most = 100;

/** Asks how a post stands, until it is called: puts what changed into the cache, and gives the comments that there are. */
export const watchPost =
  (id: string, after: string | null) =>
  ({ client }: Graph, show: (arrived: Arrived[]) => void): (() => void) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let due = Number.POSITIVE_INFINITY;
    let asked = performance.now();
    let isOver = false;

    const isSeen = () => document.visibilityState === 'visible';
    /** Never later than it was to be anyhow: many who do something must not keep each other from being seen. */
    const askIn = (ms: number) => {
      clearTimeout(timer);
      due = Math.min(due, performance.now() + ms);
      if (isSeen() && !isOver) timer = setTimeout(ask, due - performance.now());
    };
    // Those who opened a post at once do not ask at once.
    const pause = () => everyMs * (0.85 + Math.random() * 0.3);

    async function ask(): Promise<void> {
      asked = performance.now();
      due = Number.POSITIVE_INFINITY;
      const before = standingOf(client, id);
      const variables = { id, first: firstOf(client, id), after };
      const answer = await client
        .query({ query: PostNowDocument, variables, fetchPolicy: 'no-cache' })
        .catch(() => null);
      const post = answer?.data?.post;
      // What was done here meanwhile is not in the answer.
      if (post && !isOver && before === standingOf(client, id)) {
        put(client, post);
        show(commentsOf(post).map((one) => ({ id: one.id, authorId: one.author?.id })));
      }
      askIn(pause());
    }

    const seen = () => askIn(Math.max(0, asked + everyMs - performance.now()));
    document.addEventListener('visibilitychange', seen);
    const stop = onNotified(({ subject }) => {
      if (postOf(subject) === id) askIn(Math.max(soonMs, asked + soonMs * 5 - performance.now()));
    });
    askIn(pause());
    return () => {
      isOver = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
      stop();
    };
  };

/** Reads the comments that a page shows, with those that came, into the cache. Throws what reading throws. */
export async function readComments({ client }: Graph, id: string, after: string | null): Promise<void> {
  const variables = { id, first: firstOf(client, id), after };
  await client.query({ query: CommentsNowDocument, variables, fetchPolicy: 'network-only' });
}

/** Of which post something is. */
const postOf = (subject: NotificationRowFragment['subject']): string | undefined =>
  subject?.__typename === 'Comment' ? subject.post.id : subject?.id;

const shownOf = (client: ApolloClient, id: string) =>
  client.readFragment({
    fragment: ShownCommentsFragmentDoc,
    fragmentName: 'ShownComments',
    id: `Post:${id}`,
  })?.comments.edges ?? [];

/** Those that are shown, and as many as fit a page. */
const firstOf = (client: ApolloClient, id: string) => Math.min(shownOf(client, id).length + PAGE_SIZE, most);

type PostNow = NonNullable<PostNowQuery['post']>;

const commentsOf = ({ comments }: PostNow) =>
  comments.edges.flatMap(({ node }) => [node, ...node.replies.edges.map((edge) => edge.node)]);

const ofPost = (id: string) => ({ fragment: PostStandingFragmentDoc, id: `Post:${id}` }) as const;
const ofComment = (id: string) => ({ fragment: CommentStandingFragmentDoc, id: `Comment:${id}` }) as const;

/** All that is here of how a post stands, with what is expected. */
function standingOf(client: ApolloClient, id: string): string {
  const ids = shownOf(client, id).flatMap(({ node }) => [
    node.id,
    ...node.replies.edges.map((edge) => edge.node.id),
  ]);
  const comments = ids.map((one) => client.readFragment(ofComment(one), true));
  return JSON.stringify([client.readFragment(ofPost(id), true), comments]);
}

function put(client: ApolloClient, post: PostNow): void {
  const { comments: _, ...standing } = post;
  client.cache.batch({
    update(cache) {
      cache.writeFragment({ ...ofPost(post.id), data: standing });
      for (const { author: _author, ...comment } of commentsOf(post)) {
        // Those that came are read whole once they are to be shown.
        if (!cache.readFragment(ofComment(comment.id))) continue;
        const { replies: _replies, ...data } = comment as typeof comment & { replies?: unknown };
        cache.writeFragment({ ...ofComment(comment.id), data });
      }
    },
  });
}
