import { until } from '@socialhub/platform/testing/until';
import { describe, expect, it } from 'vitest';
import { chatQuery, message, notificationQuery, type StorySoFar, sendMessage } from './story-so-far.ts';

/** The broker is restarted, and services are killed. */
export function tellOfFaults(story: StorySoFar, { rabbitmq }: { rabbitmq: boolean }): void {
  it('loses nothing when RabbitMQ is restarted in the middle', async ({ skip }) => {
    if (!rabbitmq) return skip('this layout has the in-process broker');
    const bobHears = await story.bob.watch(chatQuery, { after: story.cursor });
    const adaHears = await story.ada.watch(notificationQuery);
    const { notifications: before } = await story.ada.ask('{ notifications(first: 1) { unreadCount } }');
    const restarted = story.system.restartRabbitMq();
    const postIds: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      await story.ada.ask(sendMessage, message(story, `during the restart ${n}`));
      const { createPost } = await story.ada.ask(
        'mutation ($text: String!) { createPost(input: { text: $text }) { post { id } } }',
        { text: `post ${n} during the restart` },
      );
      postIds.push(createPost.post.id);
      await story.bob.ask(
        'mutation ($id: ID!) { reactToPost(input: { postId: $id, emoji: "👍" }) { post { id } } }',
        {
          id: createPost.post.id,
        },
      );
    }
    await restarted;
    await bobHears.first((data) => data.chatEvents.message?.text === 'during the restart 4');
    const texts = bobHears.answers.map((answer) => answer.data.chatEvents.message.text);
    expect(texts.filter((text) => text !== 'only once')).toEqual(
      [0, 1, 2, 3, 4].map((n) => `during the restart ${n}`),
    );
    const event = await adaHears.first(
      (data) => data.notificationReceived.unreadCount === before.unreadCount + 5 && data.notificationReceived,
    );
    expect(event.notification.type).toBe('REACTION');
    const told = await until(async () => {
      const { notifications } = await story.bob.ask(
        '{ notifications(first: 50) { edges { node { type subject { ... on Post { id } } } } } }',
      );
      const ids: string[] = notifications.edges.flatMap(
        (edge: { node: { subject: { id?: string } | null } }) => edge.node.subject?.id ?? [],
      );
      return postIds.every((id) => ids.includes(id)) && ids;
    });
    expect(new Set(told).size).toBe(told.length);
    bobHears.drop();
    adaHears.drop();
  }, 120_000);

  describe('a service that is killed', () => {
    const everything = `{
      viewer { id displayName }
      homeTimeline(first: 1) { edges { node { id text author { displayName } media { url } } } }
      conversations(first: 1) { edges { node { id lastMessage { text } } } }
    }`;

    it.each([
      ['media', 'homeTimeline.edges.0.node.media.0.url'],
      ['user', 'viewer'],
    ] as const)(
      'costs its own fields only: %s',
      async (name, lost) => {
        const { createPost } = await story.ada.ask(
          `mutation ($media: [ID!]) { createPost(input: { text: "whole", mediaIds: $media }) { post { id } } }`,
          { media: [(await story.ada.ask('{ viewer { avatar { id } } }')).viewer.avatar.id] },
        );
        const whole = await story.bob.ask(everything);
        expect(whole.homeTimeline.edges[0].node).toMatchObject({
          id: createPost.post.id,
          author: { displayName: 'Ada' },
        });

        await story.system.kill(name);
        try {
          const answer = await story.bob.send(everything);
          expect(answer.errors?.[0]?.extensions?.code, JSON.stringify(answer)).toBe('UNAVAILABLE');
          expect(JSON.stringify(answer.errors)).not.toMatch(/127\.0\.0\.1|localhost|ECONN|at .*\.ts/);
          expect(lost.split('.').reduce((value, key) => value?.[key], answer.data)).toBeNull();
          expect(answer.data.homeTimeline.edges[0].node).toMatchObject({
            id: createPost.post.id,
            text: 'whole',
          });
          expect(answer.data.conversations.edges[0].node.id).toBe(story.conversationId);
        } finally {
          await story.system.revive(name);
        }
        await until(async () => !(await story.bob.send(everything)).errors, {
          timeoutMs: 20_000,
          what: 'a whole answer again',
        });
      },
      60_000,
    );
  });
}
