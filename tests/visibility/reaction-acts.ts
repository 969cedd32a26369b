import { type Act, type Attempt, done } from './act.ts';
import { reactable } from './comment-acts.ts';
import { type CommentFact, type Facts, get, type PersonFact, pair } from './facts.ts';
import { retract, tellTogether } from './notifications.ts';
import { onPost } from './post-acts.ts';
import { readsPost } from './rules.ts';

const emojis = ['👍', '🎉'];

/** What an emoji can stand on. */
interface Subject {
  id: string;
  postId: string;
  authorId: string;
  reactions: Set<string>;
  /** What comes of putting an emoji on it. */
  expected: string;
  /** Whether its author may still read where it stands. */
  isAuthorTold: boolean;
}

function draw(of: 'Post' | 'Comment', { facts, actor, random }: Parameters<Act>[0]): Subject | null {
  if (of === 'Post') {
    const post = random.oneOf([...facts.posts.values()]);
    return post && { ...post, postId: post.id, expected: onPost(facts, actor, post), isAuthorTold: true };
  }
  const comment = random.oneOf([...facts.comments.values()]);
  if (!comment) return null;
  return ofComment(facts, actor, comment);
}

function ofComment(facts: Facts, actor: PersonFact, comment: CommentFact): Subject {
  return {
    ...comment,
    expected: reactable(facts, actor, comment) ? done : 'NOT_FOUND',
    isAuthorTold: authorReads(facts, comment),
  };
}

const authorReads = (facts: Facts, { authorId, postId }: { authorId: string; postId: string }) =>
  readsPost(facts, get(facts.people, authorId), get(facts.posts, postId));

function put(facts: Facts, actor: PersonFact, { id, postId, authorId, isAuthorTold }: Subject): void {
  if (!isAuthorTold) return;
  tellTogether(facts, authorId, { type: 'REACTION', actorId: actor.id, subjectId: id, postId });
}

const react =
  (of: 'Post' | 'Comment', verb: string): Act =>
  (drawn) => {
    const subject = draw(of, drawn);
    const emoji = drawn.random.oneOf(emojis);
    return subject && emoji ? toSubject(of, verb, { ...drawn, subject, emoji }) : null;
  };

function toSubject(
  of: 'Post' | 'Comment',
  verb: string,
  { facts, actor, subject, emoji }: { facts: Facts; actor: PersonFact; subject: Subject; emoji: string },
): Attempt {
  const { id, reactions } = subject;
  return {
    by: actor,
    query: `mutation ($id: ID!, $emoji: String!) {
      ${verb}(input: { ${of.toLowerCase()}Id: $id, emoji: $emoji }) { __typename } }`,
    variables: { id, emoji },
    expected: subject.expected,
    change() {
      const reaction = pair(actor.id, emoji);
      if (verb.startsWith('reactTo')) {
        if (reactions.has(reaction)) return;
        reactions.add(reaction);
        put(facts, actor, subject);
      } else if (reactions.delete(reaction)) {
        if (emojis.some((other) => reactions.has(pair(actor.id, other)))) return;
        retract(facts, (one) => one.type === 'REACTION' && one.subjectId === id, actor.id);
      }
    },
  };
}

export const reactToComment = (facts: Facts, actor: PersonFact, comment: CommentFact): Attempt =>
  toSubject('Comment', 'reactToComment', {
    facts,
    actor,
    subject: ofComment(facts, actor, comment),
    emoji: '👍',
  });

export const reactionActs: readonly { weight: number; act: Act }[] = [
  { weight: 8, act: react('Post', 'reactToPost') },
  { weight: 3, act: react('Post', 'removePostReaction') },
  { weight: 6, act: react('Comment', 'reactToComment') },
  { weight: 3, act: react('Comment', 'removeCommentReaction') },
];
