import { type Act, type Attempt, type Drawn, done, moderating } from './act.ts';
import { type CommentFact, type Facts, get, type PersonFact, type PostFact } from './facts.ts';
import { retract, tell } from './notifications.ts';
import { onPost } from './post-acts.ts';
import { interacts, readsComment, readsPost } from './rules.ts';
import { drawText, type Text } from './text.ts';

const drawComment = ({ facts, random }: Parameters<Act>[0]) => random.oneOf([...facts.comments.values()]);
const isGone = ({ isDeleted, isRemoved }: CommentFact) => isDeleted || isRemoved;

/** Who may not read the post is not told of what is written under it. */
function tellOfComment(facts: Facts, comment: CommentFact, namedIds: readonly string[]): void {
  const post = get(facts.posts, comment.postId);
  const parent = comment.parentId ? get(facts.comments, comment.parentId) : null;
  const readers = (userIds: readonly string[]) =>
    userIds.filter((userId) => readsPost(facts, get(facts.people, userId), post));
  const activity = { actorId: comment.authorId, subjectId: comment.id, postId: post.id };
  tell(
    facts,
    activity,
    [
      { type: 'REPLY', userIds: readers(parent && !parent.isDeleted ? [parent.authorId] : []) },
      { type: 'MENTION', userIds: readers(namedIds) },
      { type: 'COMMENT', userIds: [post.authorId] },
    ],
    ['REPLY', 'MENTION', 'COMMENT'],
  );
}

const createComment: Act = (drawn) => {
  const { facts, random } = drawn;
  const post = random.oneOf([...facts.posts.values()]);
  if (!post) return null;
  const parent = random.chance(0.5)
    ? random.oneOf([...facts.comments.values()].filter(({ postId }) => postId === post.id))
    : null;
  return commentOn(drawn, post, parent);
};

export function commentOn(drawn: Drawn, post: PostFact, parent: CommentFact | null): Attempt {
  const { facts, actor } = drawn;
  const { text, namedIds } = drawText(drawn);
  const isAnswerable = !parent || (!isGone(parent) && interactsOrIs(facts, actor, parent.authorId));
  return {
    by: actor,
    query: `mutation ($postId: ID!, $parentId: ID, $text: String!) {
      createComment(input: { postId: $postId, parentId: $parentId, text: $text }) { comment { id } } }`,
    variables: { postId: post.id, parentId: parent?.id, text },
    expected: onPost(facts, actor, post, isAnswerable),
    change(answer) {
      const { id } = answer.createComment.comment;
      facts.comments.set(id, {
        id,
        postId: post.id,
        parentId: parent?.id ?? null,
        authorId: actor.id,
        text,
        edits: [],
        isRemoved: false,
        isDeleted: false,
        reactions: new Set(),
      });
      tellOfComment(facts, get(facts.comments, id), namedIds);
    },
  };
}

const interactsOrIs = (facts: Facts, actor: PersonFact, userId: string) =>
  actor.id === userId || interacts(facts, actor, userId);

const updateComment: Act = (drawn) => {
  const comment = drawComment(drawn);
  return comment && updateTheComment(drawn, comment, drawText(drawn));
};

export function updateTheComment(
  { facts, actor }: Pick<Drawn, 'facts' | 'actor'>,
  comment: CommentFact,
  { text, namedIds }: Text,
): Attempt {
  const isOwn = comment.authorId === actor.id && !comment.isDeleted;
  const isFound = isOwn && readsPost(facts, actor, get(facts.posts, comment.postId));
  return {
    by: actor,
    query: `mutation ($id: ID!, $text: String!) {
      updateComment(input: { commentId: $id, text: $text }) { comment { id } } }`,
    variables: { id: comment.id, text },
    expected: !isFound ? 'NOT_FOUND' : comment.isRemoved ? 'FORBIDDEN' : done,
    change() {
      comment.edits.push(comment.text);
      comment.text = text;
      const post = get(facts.posts, comment.postId);
      const isNamed = (userId: string) =>
        namedIds.includes(userId) && readsPost(facts, get(facts.people, userId), post);
      retract(facts, (one, told) => one.type === 'MENTION' && one.subjectId === comment.id && !isNamed(told));
      tellOfComment(facts, comment, namedIds);
    },
  };
}

const deleteComment: Act = (drawn) => {
  const comment = drawComment(drawn);
  return comment && deleteTheComment(drawn, comment);
};

export const deleteTheComment = (
  { facts, actor }: Pick<Drawn, 'facts' | 'actor'>,
  comment: CommentFact,
): Attempt => ({
  by: actor,
  query: 'mutation ($id: ID!) { deleteComment(input: { commentId: $id }) { deletedId } }',
  variables: { id: comment.id },
  expected: comment.authorId === actor.id && !comment.isDeleted ? done : 'NOT_FOUND',
  change() {
    Object.assign(comment, { text: '', edits: [], isDeleted: true, isRemoved: false });
    comment.reactions.clear();
    retract(facts, (one) => one.subjectId === comment.id);
  },
});

const removeComment: Act = (drawn) => {
  const { by, may } = moderating(drawn);
  const all = [...drawn.facts.comments.values()];
  const comment = drawn.random.oneOf(all.filter(({ authorId }) => authorId !== by.id));
  return comment && removeTheComment(drawn.facts, { by, may }, comment);
};

export function removeTheComment(
  facts: Facts,
  { by, may }: { by: PersonFact; may: string },
  comment: CommentFact,
): Attempt {
  const { id, postId, authorId, isRemoved, isDeleted } = comment;
  return {
    by,
    query: isRemoved
      ? 'mutation ($id: ID!) { restoreComment(input: { commentId: $id }) { __typename } }'
      : 'mutation ($id: ID!) { removeComment(input: { commentId: $id, reason: "spam" }) { __typename } }',
    variables: { id },
    expected: may === done && isDeleted ? 'NOT_FOUND' : may,
    change() {
      comment.isRemoved = !isRemoved;
      retract(facts, (one) => one.subjectId === id);
      if (!isRemoved)
        tell(facts, { actorId: null, subjectId: id, postId }, [
          { type: 'COMMENT_REMOVED', userIds: [authorId] },
        ]);
    },
  };
}

/** A comment to which one can put an emoji, and what that is to its author. */
export const reactable = (facts: Facts, actor: PersonFact, comment: CommentFact): boolean =>
  !isGone(comment) &&
  readsComment(facts, actor, comment) &&
  readsPost(facts, actor, get(facts.posts, comment.postId));

export const commentActs: readonly { weight: number; act: Act }[] = [
  { weight: 16, act: createComment },
  { weight: 4, act: updateComment },
  { weight: 3, act: deleteComment },
  { weight: 4, act: removeComment },
];
