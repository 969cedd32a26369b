import { type Act, type Attempt, type Drawn, done, moderating } from './act.ts';
import { type Facts, get, type PersonFact, type PostFact } from './facts.ts';
import { drawMedia } from './media-acts.ts';
import { retract, tell, tellTogether } from './notifications.ts';
import type { Random } from './random.ts';
import { readsPost } from './rules.ts';
import { drawText, type Text } from './text.ts';

/** What comes of doing something with a post, which the actor has to find and which is no repost. */
export function onPost(facts: Facts, actor: PersonFact, post: PostFact, isAllowed = true): string {
  if (!readsPost(facts, actor, post)) return 'NOT_FOUND';
  return post.repostOfId || !isAllowed ? 'BAD_USER_INPUT' : done;
}

const drawPost = (facts: Facts, random: Random): PostFact | null => random.oneOf([...facts.posts.values()]);

const createPost: Act = (drawn) => {
  const { facts, actor, random } = drawn;
  const visibility = random.oneOf(['PUBLIC', 'PUBLIC', 'FOLLOWERS', 'MENTIONED'] as const) ?? 'PUBLIC';
  const { text, namedIds, hashtags } = drawText(drawn);
  const quoted = random.chance(0.3) ? drawPost(facts, random) : null;
  const isOpen = quoted && readsPost(facts, null, quoted);
  const { mediaIds, areOwn } = drawMedia(drawn);
  return {
    query: `mutation ($text: String!, $visibility: Visibility!, $quoteOfId: ID, $mediaIds: [ID!]) {
      createPost(input: { text: $text, visibility: $visibility, quoteOfId: $quoteOfId, mediaIds: $mediaIds }) { post { id } } }`,
    variables: { text, visibility, quoteOfId: quoted?.id, mediaIds },
    expected: !areOwn ? 'BAD_USER_INPUT' : quoted ? onPost(facts, actor, quoted, isOpen === true) : done,
    change(answer) {
      const { id } = answer.createPost.post;
      const post: PostFact = {
        id,
        authorId: actor.id,
        visibility,
        text,
        mentionedIds: namedIds,
        hashtags,
        mediaIds,
        edits: [],
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
  const post = drawPost(drawn.facts, drawn.random);
  return post && updateThe(drawn, post, drawText(drawn));
};

export const updateThe = (
  { facts, actor }: Pick<Drawn, 'facts' | 'actor'>,
  post: PostFact,
  { text, namedIds, hashtags }: Text,
): Attempt => ({
  by: actor,
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
    post.edits.push({ text: post.text, mentionedIds: post.mentionedIds });
    Object.assign(post, { text, mentionedIds: namedIds, hashtags });
    retract(
      facts,
      (one, told) => one.type === 'MENTION' && one.subjectId === post.id && !namedIds.includes(told),
    );
    tell(facts, { actorId: actor.id, subjectId: post.id, postId: post.id }, [
      { type: 'MENTION', userIds: namedIds },
    ]);
  },
});

const deletePost: Act = (drawn) => {
  const post = drawPost(drawn.facts, drawn.random);
  // Most of a world's posts are to stay.
  if (!post || (post.authorId === drawn.actor.id && drawn.random.chance(0.5))) return null;
  return deleteThePost(drawn.facts, drawn.actor, post);
};

export const deleteThePost = (facts: Facts, actor: PersonFact, post: PostFact): Attempt => ({
  by: actor,
  query: 'mutation ($id: ID!) { deletePost(input: { postId: $id }) { deletedId } }',
  variables: { id: post.id },
  expected: post.authorId === actor.id ? done : 'NOT_FOUND',
  change() {
    facts.posts.delete(post.id);
    if (post.repostOfId) forgetRepost(facts, post);
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
});

const bookmark =
  (verb: 'bookmarkPost' | 'removeBookmark'): Act =>
  ({ facts, actor, random }) => {
    const post = drawPost(facts, random);
    if (!post) return null;
    const own = get(facts.bookmarks, actor.id);
    return {
      query: `mutation ($id: ID!) { ${verb}(input: { postId: $id }) { __typename } }`,
      variables: { id: post.id },
      expected: verb === 'removeBookmark' ? done : onPost(facts, actor, post),
      change() {
        if (verb === 'bookmarkPost') own.add(post.id);
        else own.delete(post.id);
      },
    };
  };

const removePost: Act = (drawn) => {
  const { by, may } = moderating(drawn);
  const all = [...drawn.facts.posts.values()];
  const post = drawn.random.oneOf(all.filter(({ authorId }) => authorId !== by.id));
  return post && removeThe(drawn.facts, { by, may }, post);
};

export function removeThe(
  facts: Facts,
  { by, may }: { by: PersonFact; may: string },
  post: PostFact,
): Attempt {
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
      for (const mediaId of post.mediaIds) get(facts.media, mediaId).isWithheld = !isRemoved;
      if (isRemoved) retract(facts, (one) => one.type === 'POST_REMOVED' && one.subjectId === id);
      else {
        retract(facts, ({ postId }) => postId === id);
        tell(facts, { actorId: null, subjectId: id, postId: id }, [
          { type: 'POST_REMOVED', userIds: [authorId] },
        ]);
      }
    },
  };
}

const repost: Act = ({ facts, actor, random }) => {
  // Of some posts there are many.
  const open = [...facts.posts.values()].filter((one) => readsPost(facts, null, one)).slice(0, 2);
  const post = random.chance(0.6) ? random.oneOf(open) : drawPost(facts, random);
  return post && repostThe(facts, actor, post);
};

export function repostThe(facts: Facts, actor: PersonFact, post: PostFact): Attempt {
  const has = [...facts.posts.values()].some(
    ({ repostOfId, authorId }) => repostOfId === post.id && authorId === actor.id,
  );
  return {
    by: actor,
    query: 'mutation ($id: ID!) { repost(input: { postId: $id }) { repost { id } } }',
    variables: { id: post.id },
    expected: onPost(facts, actor, post, readsPost(facts, null, post)),
    change(answer) {
      if (has) return;
      const { id } = answer.repost.repost;
      facts.posts.set(id, {
        id,
        authorId: actor.id,
        visibility: 'PUBLIC',
        text: '',
        mentionedIds: [],
        hashtags: [],
        mediaIds: [],
        edits: [],
        quoteOfId: null,
        repostOfId: post.id,
        isRemoved: false,
        reactions: new Set(),
      });
      const what = { type: 'REPOST', actorId: actor.id, subjectId: post.id, postId: post.id };
      if (post.authorId !== actor.id) tellTogether(facts, post.authorId, what);
    },
  };
}

const undoRepost: Act = ({ facts, actor, random }) => {
  const post = drawPost(facts, random);
  if (!post) return null;
  return {
    query: 'mutation ($id: ID!) { undoRepost(input: { postId: $id }) { __typename } }',
    variables: { id: post.id },
    expected: post.repostOfId && readsPost(facts, actor, post) ? 'BAD_USER_INPUT' : done,
    change() {
      for (const one of facts.posts.values()) {
        if (one.repostOfId !== post.id || one.authorId !== actor.id) continue;
        facts.posts.delete(one.id);
        forgetRepost(facts, one);
      }
    },
  };
};

/** Its author is not told any more of who has taken their repost back. */
const forgetRepost = (facts: Facts, { repostOfId, authorId }: PostFact) =>
  retract(
    facts,
    (one) => one.type === 'REPOST' && one.subjectId === repostOfId && one.actorIds.has(authorId),
    authorId,
  );

export const postActs: readonly { weight: number; act: Act }[] = [
  { weight: 26, act: createPost },
  { weight: 20, act: repost },
  { weight: 3, act: undoRepost },
  { weight: 3, act: updatePost },
  { weight: 3, act: deletePost },
  { weight: 6, act: bookmark('bookmarkPost') },
  { weight: 2, act: bookmark('removeBookmark') },
  { weight: 5, act: removePost },
];
