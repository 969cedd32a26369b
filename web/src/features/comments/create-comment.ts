import type { ApolloCache, Reference, Unmasked } from '@apollo/client';
import { hasVisible } from '@socialhub/platform/text/visible';
import { textsNow } from '#texts';
import { attemptKey } from '../../forms/attempt-key.ts';
import { countOf } from '../../forms/call-arguments.ts';
import { formFaults, messageOf, readFields } from '../../forms/form-state.ts';
import type { Send } from '../../gateway/send.ts';
import { randomKey } from '../../text/random-key.ts';
import type { Person } from '../../ui/person.ts';
import type { CommentThreadFragment } from './generated/comment-list.ts';
import { CreateCommentDocument } from './generated/documents.ts';

/** key: the idempotency key of the next attempt; it changes once a comment was made, or is written otherwise, so that a retry makes no second. */
export interface CommentState {
  key: string;
  text: string;
  fault: string | null;
  made: number;
}

/** Answers the form's post, or a comment under it, as the `author`; the text comes back when it did not work. */
export async function createComment(
  send: Send,
  form: unknown,
  before: unknown,
  author: Person | null = null,
): Promise<CommentState> {
  const t = await textsNow('comments');
  const typed = readFields(form, ['postId', 'parentId', 'text', 'key']);
  const { postId } = typed;
  const parentId = typed.parentId || null;
  const text = typed.text.replaceAll('\r\n', '\n');
  const made = countOf(before, 'made');
  const sent = /^[\w:=-]{8,200}$/.test(typed.key) ? typed.key : randomKey();
  const key = attemptKey(before, sent, { text }, randomKey);
  const failed = (fault: string): CommentState => ({ key, text, fault, made });

  if (!hasVisible(text)) return failed(t('writeSomethingFirst'));
  const { data, faults } = await send(
    CreateCommentDocument,
    { input: { postId, parentId, text, idempotencyKey: key } },
    {
      expect: () =>
        author && {
          createComment: {
            __typename: 'CreateCommentPayload' as const,
            comment: expected({ id: `expected-${key}`, postId, text, author }),
          },
        },
      update(cache, { createComment: answer }) {
        if (answer) join(cache, answer.comment, postId, parentId);
      },
    },
  );
  if (data?.createComment) return { key: randomKey(), text: '', fault: null, made: made + 1 };
  const shown = await formFaults(
    faults,
    {},
    { text: t('aComment'), parentId: t('thisComment'), postId: t('thisPost') },
  );
  return failed(
    shown.fields.text ??
      shown.fields.parentId ??
      shown.fields.postId ??
      shown.message ??
      (await messageOf(faults[0])),
  );
}

type Thread = Unmasked<CommentThreadFragment>;

const expected = (o: { id: string; postId: string; text: string; author: Person }): Thread => ({
  __typename: 'Comment',
  id: o.id,
  post: { __typename: 'Post', id: o.postId },
  text: o.text,
  createdAt: new Date().toISOString(),
  editedAt: null,
  deletedAt: null,
  author: o.author,
  removal: null,
  reactions: [],
  viewerReactions: [],
  replyCount: 0,
  replies: {
    __typename: 'CommentConnection',
    edges: [],
    pageInfo: { __typename: 'PageInfo', endCursor: null, hasNextPage: false },
  },
});

interface Connection {
  edges: { __typename: 'CommentEdge'; cursor: string; node: Reference }[];
}

/** Puts a new comment at the end of the list that it belongs to, once, and counts it. */
function join(cache: ApolloCache, comment: Thread, postId: string, parentId: string | null): void {
  const id = cache.identify(comment);
  if (id === undefined) return;
  let isNew = true;
  const add = (before: unknown) => {
    const connection = before as Connection;
    isNew = !connection.edges.some(({ node }) => node.__ref === id);
    if (!isNew) return connection;
    // The cursor of its place is not known; the list goes on behind the last that is.
    const edge = { __typename: 'CommentEdge' as const, cursor: comment.id, node: { __ref: id } };
    return { ...connection, edges: [...connection.edges, edge] };
  };
  const count = (before: unknown) => Number(before) + (isNew ? 1 : 0);
  if (parentId === null) {
    cache.modify({ id: `Post:${postId}`, fields: { comments: add } });
  } else {
    cache.modify({ id: `Comment:${parentId}`, fields: { replies: add } });
    cache.modify({ id: `Comment:${parentId}`, fields: { replyCount: count } });
  }
  cache.modify({ id: `Post:${postId}`, fields: { commentCount: count } });
}
