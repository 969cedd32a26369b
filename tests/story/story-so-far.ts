import type { System } from '@socialhub/local/system';
import type { Person } from './people.ts';

/** What the chapters of the story hand on. */
export interface StorySoFar {
  system: System;
  ada: Person;
  bob: Person;
  conversationId: string;
  /** Of what Bob has heard last in the chat. */
  cursor: string;
}

export const chatQuery = `subscription ($after: String) {
  chatEvents(after: $after) {
    cursor kind
    conversationId conversation { id }
    message { id seq text sender { displayName avatar { url } } media { url } reactions { emoji count } }
  }
}`;
export const notificationQuery = `subscription ($after: String) {
  notificationReceived(after: $after) {
    cursor unreadCount
    notification { id type actorCount actors { id displayName } subject { __typename ... on Post { id text } ... on User { id } } }
  }
}`;

export const sendMessage =
  'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id seq } } }';

/** What `sendMessage` takes. */
export const message = ({ conversationId }: StorySoFar, text: string, extra: object = {}) => ({
  input: { conversationId, text, ...extra },
});
