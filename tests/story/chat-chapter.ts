import { until } from '@socialhub/platform/testing/until';
import { describe, expect, it } from 'vitest';
import { register } from './people.ts';
import { chatQuery, message, type StorySoFar, sendMessage } from './story-so-far.ts';

/** Ada and Bob talk. */
export function tellOfChat(story: StorySoFar): void {
  describe('a chat', () => {
    /** The number of the message with which they began. */
    let hello: number;

    it('carries messages live, joined from four services', async () => {
      const { startConversation } = await story.ada.ask(
        'mutation ($input: StartConversationInput!) { startConversation(input: $input) { conversation { id kind members { edges { node { user { username } } } } } } }',
        { input: { memberIds: [story.bob.id] } },
      );
      story.conversationId = startConversation.conversation.id;
      expect(startConversation.conversation.kind).toBe('DIRECT');
      const { viewer } = await story.ada.ask('{ viewer { avatar { id } } }');
      const bobHears = await story.bob.watch(chatQuery);
      // No answer says that a subscription runs, and what came before is not told live.
      let asked = 0;
      await until(async () => {
        asked += 1;
        await story.ada.ask(sendMessage, message(story, 'Do you hear me?'));
        return bobHears.answers.length > 0;
      });
      await story.ada.ask(sendMessage, message(story, 'Hello, Bob', { mediaIds: [viewer.avatar.id] }));
      const event = await bobHears.first(
        (data) => data.chatEvents.message.text === 'Hello, Bob' && data.chatEvents,
      );
      expect(event).toMatchObject({
        kind: 'MESSAGE_SENT',
        message: { seq: asked + 1, sender: { displayName: 'Ada' } },
      });
      hello = event.message.seq;
      expect((await fetch(event.message.media[0].url)).status).toBe(200);
      expect((await fetch(event.message.sender.avatar.url)).status).toBe(200);
      story.cursor = event.cursor;
      bobHears.drop();
    });

    it('gives one who dropped off all that was missed, once and in order', async () => {
      for (let n = 1; n <= 11; n += 1) await story.ada.ask(sendMessage, message(story, `message ${n}`));
      const back = await story.bob.watch(chatQuery, { after: story.cursor });
      await back.first((data) => data.chatEvents.message?.seq === hello + 11);
      await story.ada.ask(sendMessage, message(story, 'message 12'));
      await back.first((data) => data.chatEvents.message?.seq === hello + 12);
      expect(back.answers.map((answer) => answer.data.chatEvents.message.seq - hello)).toEqual([
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
      ]);
      story.cursor = back.answers.at(-1)?.data.chatEvents.cursor;
      back.drop();
    });

    it('tells live of a message that is edited and then deleted, which keeps its place', async () => {
      const hears = await story.bob.watch(chatQuery, { after: story.cursor });
      const sent = await story.ada.ask(sendMessage, message(story, 'Helo?'));
      const { id, seq } = sent.sendMessage.message;
      const edit =
        'mutation ($input: EditMessageInput!) { editMessage(input: $input) { message { seq text } } }';
      const edited = await story.ada.ask(edit, { input: { messageId: id, text: 'Hello?' } });
      expect(edited.editMessage.message).toEqual({ seq, text: 'Hello?' });
      const remove = 'mutation ($input: DeleteMessageInput!) { deleteMessage(input: $input) { deletedId } }';
      await hears.first((data) => data.chatEvents.kind === 'MESSAGE_EDITED');
      const deleted = await story.ada.ask(remove, { input: { messageId: id } });
      expect(deleted.deleteMessage.deletedId).toBe(id);
      const event = await hears.first(
        (data) => data.chatEvents.kind === 'MESSAGE_DELETED' && data.chatEvents,
      );
      expect(event.message).toMatchObject({ id, seq, text: '', sender: { displayName: 'Ada' } });
      expect(hears.answers.map((answer) => answer.data.chatEvents.kind)).toEqual([
        'MESSAGE_SENT',
        'MESSAGE_EDITED',
        'MESSAGE_DELETED',
      ]);
      story.cursor = event.cursor;
      hears.drop();
    });

    it('of a group is no more for who was removed from it, on their open subscription either', async () => {
      const { ada, bob, cyd } = { ...story, cyd: await register(story.system.gatewayUrl, 'Cyd') };
      const change = (field: string, selection: string, input: object) =>
        ada.ask(
          `mutation ($input: ${field[0]?.toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { ${selection} } }`,
          { input },
        );
      const hears = await bob.watch(chatQuery, { after: story.cursor });
      const { conversation } = (await until(async () => {
        const memberIds = [bob.id, cyd.id];
        const { data } = await ada.send(
          'mutation ($input: StartConversationInput!) { startConversation(input: $input) { conversation { id } } }',
          { input: { memberIds, title: 'Three' } },
        );
        return data?.startConversation;
      })) as { conversation: { id: string } };
      await ada.ask(sendMessage, { input: { conversationId: conversation.id, text: 'to three' } });
      await hears.first((data) => data.chatEvents.message?.text === 'to three');
      await change('removeConversationMember', 'conversation { id }', {
        conversationId: conversation.id,
        userId: bob.id,
      });
      await ada.ask(sendMessage, { input: { conversationId: conversation.id, text: 'to two' } });
      await ada.ask(sendMessage, message(story, 'to you'));
      const event = await hears.first(
        (data) => data.chatEvents.message?.text === 'to you' && data.chatEvents,
      );
      const told = hears.answers.map(({ data: { chatEvents } }) => [
        chatEvents.kind,
        chatEvents.message?.text ?? null,
      ]);
      expect(told).toEqual([
        ['CONVERSATION_CHANGED', null],
        ['MESSAGE_SENT', 'to three'],
        ['MEMBER_LEFT', null],
        ['MESSAGE_SENT', 'to you'],
      ]);
      expect(hears.answers[2]?.data.chatEvents).toMatchObject({
        conversationId: conversation.id,
        conversation: null,
      });
      story.cursor = event.cursor;
      hears.drop();
      const { leaveConversation } = await cyd.ask(
        'mutation ($id: ID!) { leaveConversation(input: { conversationId: $id }) { leftId } }',
        { id: conversation.id },
      );
      expect(leaveConversation.leftId).toBe(conversation.id);
    });

    it('gives the same answer to a message that is sent again with its key', async () => {
      const again = message(story, 'only once', { idempotencyKey: 'key-1' });
      const answers = await Promise.all([1, 2, 3].map(() => story.ada.ask(sendMessage, again)));
      expect(new Set(answers.map((answer) => answer.sendMessage.message.seq))).toEqual(new Set([hello + 15]));
    });

    it('tells both of emoji that either puts on a message, and takes back', async () => {
      const [adaHears, bobHears] = [await story.ada.watch(chatQuery), await story.bob.watch(chatQuery)];
      let id: string | undefined;
      // No answer says that a subscription runs.
      await until(async () => {
        const { sendMessage: sent } = await story.ada.ask(sendMessage, message(story, 'Like it?'));
        id = sent.message.id;
        return adaHears.answers.length > 0 && bobHears.answers.length > 0;
      });
      const act = (who: typeof story.ada, field: string, emoji: string) =>
        who.ask(
          `mutation ($input: ${field[0]?.toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { message { viewerReactions } } }`,
          { input: { messageId: id, emoji } },
        );
      expect((await act(story.bob, 'reactToMessage', '🔥')).reactToMessage.message.viewerReactions).toEqual([
        '🔥',
      ]);
      await act(story.ada, 'reactToMessage', '🔥');
      await act(story.bob, 'reactToMessage', '👍');
      await act(story.bob, 'removeMessageReaction', '👍');
      const changes = (of: typeof adaHears) =>
        of.answers.filter(({ data }) => data.chatEvents.kind === 'REACTION_CHANGED');
      for (const hears of [adaHears, bobHears]) {
        await until(() => changes(hears).length >= 4, { what: 'four changes of reactions' });
        expect(changes(hears).map(({ data }) => data.chatEvents.message.id)).toEqual(Array(4).fill(id));
        expect(changes(hears).at(-1)?.data.chatEvents.message.reactions).toEqual([{ emoji: '🔥', count: 2 }]);
        hears.drop();
      }
      story.cursor = bobHears.answers.at(-1)?.data.chatEvents.cursor;
    });

    it('says who is typing, to the other alone', async () => {
      const typing = 'subscription ($id: ID!) { typing(conversationId: $id) { user { username } until } }';
      const here = { id: story.conversationId };
      const [adaHears, bobHears] = [await story.ada.watch(typing, here), await story.bob.watch(typing, here)];
      const tell = (who: typeof story.ada, isTyping: boolean) =>
        who.ask('mutation ($input: SetTypingInput!) { setTyping(input: $input) { conversation { id } } }', {
          input: { conversationId: story.conversationId, isTyping },
        });
      // No answer says that a subscription runs.
      await until(async () => {
        await tell(story.ada, true);
        return bobHears.answers.length > 0;
      });
      await until(async () => {
        await tell(story.bob, true);
        return adaHears.answers.length > 0;
      });
      await tell(story.ada, false);
      await bobHears.first((data) => data.typing.until === null);
      const namesIn = (of: typeof adaHears) =>
        new Set(of.answers.map(({ data }) => data.typing.user.username));
      expect(namesIn(bobHears)).toEqual(new Set([story.ada.username]));
      expect(namesIn(adaHears)).toEqual(new Set([story.bob.username]));
      for (const one of [adaHears, bobHears]) one.drop();
    });
  });
}
