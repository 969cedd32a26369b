import { chat, chatNodes } from './chat-questions.ts';
import type { Facts } from './facts.ts';
import { media } from './media-questions.ts';
import { own } from './own-questions.ts';
import { hashtagTimelines, onePost, publicTimeline } from './post-questions.ts';
import { nodes, postsByNode, profile } from './profile-questions.ts';
import type { Question } from './question.ts';
import type { Viewer } from './rules.ts';

/** Everything that a viewer may ask about a world. */
export function questionsOf(facts: Facts, viewer: Viewer): Question[] {
  const asked = { facts, viewer };
  return [
    ...[...facts.people.values()].map((person) => profile(asked, person)),
    ...[...facts.posts.values()].map((post) => onePost(asked, post)),
    nodes(asked),
    postsByNode(asked),
    publicTimeline(asked),
    hashtagTimelines(asked),
    media(asked),
    ...chatNodes(asked),
    ...(viewer ? [...own(facts, viewer), ...chat(facts, viewer)] : []),
  ];
}
