import type { ApolloCache, ApolloClient } from '@apollo/client';
import type { Graph } from '../../graph/client.ts';
import { PAGE_SIZE } from '../feed/page-size.ts';
import type { NotificationRowFragment } from '../notifications/generated/documents.ts';
import { onNotified } from '../notifications/notified.ts';
import {
  CommentNowDocument,
  CommentStandingFragmentDoc,
  CommentsNowDocument,
  PostNowDocument,
  type PostNowQuery,
  PostStandingFragmentDoc,
  RepliesNowDocument,
} from './generated/documents.ts';
import { ShownCommentsFragmentDoc, ShownRepliesFragmentDoc } from './generated/new-comments.ts';

/** A comment that is there. */
export interface Arrived {
  id: string;
  authorId: string | undefined;
}

/** A page that shows a post or a comment, and what answers it from somewhere on. */
export interface OpenPage {
  of: 'post' | 'comment';
  id: string;
  postId: string;
  after: string | null;
}

/** No stream tells of a post, so it is asked for, once in about this time, while its page is seen. */
const everyMs = 30_000;
/** Who is notified of something there may be looking at it. */
const soonMs = 1_000;
const most = 100;

/** Asks how what a page shows stands, until it is called: puts what changed into the cache, and gives the comments that there are. */
export const watchPage =
  (page: OpenPage) =>
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
      const before = standingOf(client, page);
      const now = await askNow(client, page).catch(() => null);
      // What was done here meanwhile is not in the answer.
      if (now && !isOver && before === standingOf(client, page)) {
        put(client, now);
        show(now.comments.map((one) => ({ id: one.id, authorId: one.author?.id })));
      }
      askIn(pause());
    }

    const seen = () => askIn(Math.max(0, asked + everyMs - performance.now()));
    document.addEventListener('visibilitychange', seen);
    const stop = onNotified(({ subject }) => {
      if (postOf(subject) === page.postId) askIn(Math.max(soonMs, asked + soonMs * 5 - performance.now()));
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
export async function readComments({ client }: Graph, page: OpenPage): Promise<void> {
  const query = page.of === 'post' ? CommentsNowDocument : RepliesNowDocument;
  await client.query({ query, variables: variablesOf(client, page), fetchPolicy: 'network-only' });
}

/** Of which post something is. */
const postOf = (subject: NotificationRowFragment['subject']): string | undefined =>
  subject?.__typename === 'Comment' ? subject.post.id : subject?.id;

function shownOf({ cache }: ApolloClient, { of, id }: OpenPage) {
  if (of === 'post') {
    const fragment = { fragment: ShownCommentsFragmentDoc, fragmentName: 'ShownComments' };
    return cache.readFragment({ ...fragment, id: `Post:${id}` })?.comments.edges ?? [];
  }
  const fragment = { fragment: ShownRepliesFragmentDoc, fragmentName: 'ShownReplies' };
  return cache.readFragment({ ...fragment, id: `Comment:${id}` })?.replies.edges ?? [];
}

/** Those that are shown, and as many as fit a page. */
const variablesOf = (client: ApolloClient, page: OpenPage) => ({
  id: page.id,
  first: Math.min(shownOf(client, page).length + PAGE_SIZE, most),
  after: page.after,
});

type PostNow = NonNullable<PostNowQuery['post']>;
type Answers = PostNow['comments'];
type CommentNow =
  | Answers['edges'][number]['node']
  | Answers['edges'][number]['node']['replies']['edges'][number]['node'];

interface Now {
  /** Writes how the post or the comment itself stands. */
  write: (cache: ApolloCache) => void;
  comments: CommentNow[];
}

async function askNow(client: ApolloClient, page: OpenPage): Promise<Now | null> {
  const options = { variables: variablesOf(client, page), fetchPolicy: 'no-cache' } as const;
  if (page.of === 'post') {
    const { data } = await client.query({ query: PostNowDocument, ...options });
    if (!data?.post) return null;
    const { comments, ...standing } = data.post;
    const write = (cache: ApolloCache) => cache.writeFragment({ ...ofPost(page.id), data: standing });
    return { write, comments: commentsOf(comments) };
  }
  const { data } = await client.query({ query: CommentNowDocument, ...options });
  if (!data?.comment) return null;
  const { replies, ...standing } = data.comment;
  const write = (cache: ApolloCache) => cache.writeFragment({ ...ofComment(page.id), data: standing });
  return { write, comments: commentsOf(replies) };
}

const commentsOf = ({ edges }: Answers): CommentNow[] =>
  edges.flatMap(({ node }) => [node, ...node.replies.edges.map((edge) => edge.node)]);

const ofPost = (id: string) => ({ fragment: PostStandingFragmentDoc, id: `Post:${id}` }) as const;
const ofComment = (id: string) => ({ fragment: CommentStandingFragmentDoc, id: `Comment:${id}` }) as const;

/** All that is here of how what a page shows stands, with what is expected. */
function standingOf(client: ApolloClient, page: OpenPage): string {
  const ids = shownOf(client, page).flatMap(({ node }) => [
    node.id,
    ...node.replies.edges.map((edge) => edge.node.id),
  ]);
  const comments = ids.map((one) => client.readFragment(ofComment(one), true));
  const own = page.of === 'post' ? ofPost(page.id) : ofComment(page.id);
  return JSON.stringify([client.readFragment<unknown>(own, true), comments]);
}

function put(client: ApolloClient, { write, comments }: Now): void {
  client.cache.batch({
    update(cache) {
      write(cache);
      for (const { author: _author, ...comment } of comments) {
        // Those that came are read whole once they are to be shown.
        if (!cache.readFragment(ofComment(comment.id))) continue;
        const { replies: _replies, ...data } = comment as typeof comment & { replies?: unknown };
        cache.writeFragment({ ...ofComment(comment.id), data });
      }
    },
  });
}
