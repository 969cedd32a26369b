import { type Act, done, moderating } from './act.ts';
import { type Facts, get, type PostFact } from './facts.ts';
import { retract, tell, tellTogether } from './notifications.ts';
import type { Random } from './random.ts';
import { readsPost } from './rules.ts';
import { drawText } from './text.ts';

const drawPost = (facts: Facts, random: Random): PostFact | null => random.oneOf([...facts.posts.values()]);

const createPost: Act = (drawn) => {
  const { facts, actor, random } = drawn;
  const visibility = random.oneOf(['PUBLIC', 'PUBLIC', 'FOLLOWERS', 'MENTIONED'] as const) ?? 'PUBLIC';
  const { text, namedIds } = drawText(drawn);
  const quoted = random.chance(0.3) ? drawPost(facts, random) : null;
  const isOpen = quoted && readsPost(facts, null, quoted);
  return {
    query: `mutation ($text: String!, $visibility: Visibility!, $quoteOfId: ID) {
      createPost(input: { text: $text, visibility: $visibility, quoteOfId: $quoteOfId }) { post { id } } }`,
    variables: { text, visibility, quoteOfId: quoted?.id },
    expected:
      quoted && !readsPost(facts, actor, quoted)
        ? 'NOT_FOUND'
        : quoted && (quoted.repostOfId || !isOpen)
          ? 'BAD_USER_INPUT'
          : done,
    change(answer) {
      const { id } = answer.createPost.post;
      const post: PostFact = {
        id,
        authorId: actor.id,
        visibility,
        text,
        mentionedIds: namedIds,
        quoteOfId: quoted?.id ?? null,
        repostOfId: null,
        isRemoved: false,
        reactions: new Set(),
      };
      facts.posts.set(id, post);
      const quotedAuthor = quoted && get(facts.people, quoted.authorId);
      const isToldOfQuote = quotedAuthor && readsPost(facts, quotedAuthor, post);
      tell(facts, { actorId: actor.id, subjectId: id, postId: id }, [
        { type: 'MENTION', userIds: namedIds },
        { type: 'QUOTE', userIds: isToldOfQuote ? [quotedAuthor.id] : [] },
      ]);
    },
  };
};

const updatePost: Act = (drawn) => {
  const { facts, actor, random } = drawn;
  const post = drawPost(facts, random);
  if (!post) return null;
  const { text, namedIds } = drawText(drawn);
  return {
    query:
      'mutation ($id: ID!, $text: String!) { updatePost(input: { postId: $id, text: $text }) { post { id } } }',
    variables: { id: post.id, text },
    expected:
      post.authorId !== actor.id
        ? 'NOT_FOUND'
        : post.repostOfId
          ? 'BAD_USER_INPUT'
          : post.isRemoved
            ? 'FORBIDDEN'
            : done,
    change() {
      Object.assign(post, { text, mentionedIds: namedIds });
      retract(
        facts,
        (one, told) => one.type === 'MENTION' && one.subjectId === post.id && !namedIds.includes(told),
      );
      tell(facts, { actorId: actor.id, subjectId: post.id, postId: post.id }, [
        { type: 'MENTION', userIds: namedIds },
      ]);
    },
  };
};

const deletePost: Act = ({ facts, actor, random }) => {
  const post = drawPost(facts, random);
  // Most of a world's posts are to stay.
  if (!post || (post.authorId === actor.id && random.chance(0.5))) return null;
  return {
    query: 'mutation ($id: ID!) { deletePost(input: { postId: $id }) { deletedId } }',
    variables: { id: post.id },
    expected: post.authorId === actor.id ? done : 'NOT_FOUND',
    change() {
      deleteRow(facts, post);
      for (const other of facts.posts.values()) {
        if (other.quoteOfId === post.id) other.quoteOfId = null;
        if (other.repostOfId === post.id) facts.posts.delete(other.id);
      }
      for (const comment of facts.comments.values()) {
        if (comment.postId === post.id) facts.comments.delete(comment.id);
      }
      for (const kept of facts.bookmarks.values()) kept.delete(post.id);
      retract(facts, ({ postId }) => postId === post.id);
    },
  };
};

/** A repost goes with what its author was told of it. */
function deleteRow(facts: Facts, { id, authorId, repostOfId }: PostFact): void {
  facts.posts.delete(id);
  if (repostOfId) retract(facts, (one) => one.type === 'REPOST' && one.subjectId === repostOfId, authorId);
}

const ownRepostOf = (facts: Facts, userId: string, postId: string) =>
  [...facts.posts.values()].find((one) => one.repostOfId === postId && one.authorId === userId);

const repost: Act = ({ facts, actor, random }) => {
  const post = drawPost(facts, random);
  if (!post) return null;
  const isOpen = !post.repostOfId && readsPost(facts, null, post);
  return {
    query: 'mutation ($id: ID!) { repost(input: { postId: $id }) { repost { id } } }',
    variables: { id: post.id },
    expected: !readsPost(facts, actor, post) ? 'NOT_FOUND' : isOpen ? done : 'BAD_USER_INPUT',
    change(answer) {
      const { id } = answer.repost.repost;
      if (ownRepostOf(facts, actor.id, post.id)) return;
      facts.posts.set(id, {
        id,
        authorId: actor.id,
        visibility: 'PUBLIC',
        text: '',
        mentionedIds: [],
        quoteOfId: null,
        repostOfId: post.id,
        isRemoved: false,
        reactions: new Set(),
      });
      const told = { type: 'REPOST', actorId: actor.id, subjectId: post.id, postId: post.id };
      tellTogether(facts, post.authorId, told);
    },
  };
};

const undoRepost: Act = ({ facts, actor, random }) => {
  const post = drawPost(facts, random);
  if (!post) return null;
  return {
    query: 'mutation ($id: ID!) { undoRepost(input: { postId: $id }) { __typename } }',
    variables: { id: post.id },
    expected: post.repostOfId && readsPost(facts, actor, post, { byId: false }) ? 'BAD_USER_INPUT' : done,
    change() {
      const own = ownRepostOf(facts, actor.id, post.id);
      if (own) deleteRow(facts, own);
    },
  };
};

const bookmark =
  (verb: 'bookmarkPost' | 'removeBookmark'): Act =>
  ({ facts, actor, random }) => {
    const post = drawPost(facts, random);
    if (!post) return null;
    const own = get(facts.bookmarks, actor.id);
    return {
      query: `mutation ($id: ID!) { ${verb}(input: { postId: $id }) { __typename } }`,
      variables: { id: post.id },
      expected:
        verb === 'removeBookmark'
          ? done
          : !readsPost(facts, actor, post)
            ? 'NOT_FOUND'
            : post.repostOfId
              ? 'BAD_USER_INPUT'
              : done,
      change() {
        if (verb === 'bookmarkPost') own.add(post.id);
        else own.delete(post.id);
      },
    };
  };

const removePost: Act = (drawn) => {
  const { facts, random } = drawn;
  const { by, may } = moderating(drawn);
  const post = random.oneOf([...facts.posts.values()].filter(({ authorId }) => authorId !== by.id));
  if (!post) return null;
  const { id, authorId, isRemoved } = post;
  return {
    by,
    query: isRemoved
      ? 'mutation ($id: ID!) { restorePost(input: { postId: $id }) { __typename } }'
      : 'mutation ($id: ID!) { removePost(input: { postId: $id, reason: "spam" }) { __typename } }',
    variables: { id },
    expected: may === done && post.repostOfId ? 'BAD_USER_INPUT' : may,
    change() {
      post.isRemoved = !isRemoved;
      if (isRemoved) retract(facts, (one) => one.type === 'POST_REMOVED' && one.subjectId === id);
      else {
        retract(facts, ({ postId }) => postId === id);
        tell(facts, { actorId: null, subjectId: id, postId: id }, [
          { type: 'POST_REMOVED', userIds: [authorId] },
        ]);
      }
    },
  };
};

export const postActs: readonly { weight: number; act: Act }[] = [
  { weight: 26, act: createPost },
  { weight: 3, act: updatePost },
  { weight: 3, act: deletePost },
  { weight: 14, act: repost },
  { weight: 4, act: undoRepost },
  { weight: 6, act: bookmark('bookmarkPost') },
  { weight: 2, act: bookmark('removeBookmark') },
  { weight: 5, act: removePost },
];
