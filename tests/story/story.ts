import type { StartOptions } from '@socialhub/local/options';
import { type System, startSystem } from '@socialhub/local/system';
import { until } from '@socialhub/platform/testing/until';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { phone, type Watch } from './client.ts';
import { removeHomes, startOptions } from './home.ts';
import { type Person, register } from './people.ts';

const postFields = 'id text author { id displayName avatar { url } } media { id url width height blurhash }';
const chatQuery = `subscription ($after: String) {
  chatEvents(after: $after) {
    cursor kind
    conversation { id }
    message { id seq text sender { displayName avatar { url } } media { url } }
  }
}`;
const notificationQuery = `subscription ($after: String) {
  notificationReceived(after: $after) {
    cursor unreadCount
    notification { id type actorCount actors { id displayName } subject { __typename ... on Post { id text } ... on User { id } } }
  }
}`;

/**
 * Two people live in SocialHub. Told through the public door alone, over HTTP and WebSocket, whatever the layout
 * behind it; only the faults (a service killed, RabbitMQ restarted) are made from inside.
 */
export function tellStory(layout: Partial<StartOptions>): void {
  let system: System;
  let ada: Person;
  let bob: Person;

  beforeAll(async () => {
    system = await startSystem(await startOptions(layout));
  }, 120_000);
  afterAll(async () => {
    await system?.stop();
    await removeHomes();
  }, 60_000);

  const message = (text: string, extra: object = {}) => ({ input: { conversationId, text, ...extra } });
  const sendMessage =
    'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id seq } } }';
  let conversationId: string;
  /** Of what Bob has heard last in the chat. */
  let cursor: string;

  it('lets two people register, who see their own profiles at once', async () => {
    ada = await register(system.gatewayUrl, 'Ada');
    bob = await register(system.gatewayUrl, 'Bob');
    for (const person of [ada, bob]) {
      const { viewer, account } = await person.ask(
        '{ viewer { id username followerCount } account { email role sessions { edges { node { current } } } } }',
      );
      expect(viewer).toEqual({ id: person.id, username: person.username, followerCount: 0 });
      expect(account).toMatchObject({ role: 'MEMBER', sessions: { edges: [{ node: { current: true } }] } });
    }
  });

  describe('a follow, a picture and a post', () => {
    let adaHears: Watch;
    let bobHears: Watch;
    let bobTimeline: Watch;
    let mediaId: string;
    let postId: string;

    it('tells the first live that the second follows', async () => {
      adaHears = await ada.watch(notificationQuery);
      bobHears = await bob.watch(notificationQuery);
      bobTimeline = await bob.watch(`subscription { homeTimelineEvents { cursor post { ${postFields} } } }`);
      const { followUser } = await bob.ask(
        'mutation ($input: FollowUserInput!) { followUser(input: $input) { user { followerCount viewerRelationship { follow } } } }',
        { input: { userId: ada.id } },
      );
      expect(followUser.user).toEqual({ followerCount: 1, viewerRelationship: { follow: 'FOLLOWING' } });
      const event = await adaHears.first((data) => data.notificationReceived);
      expect(event.notification).toMatchObject({
        type: 'FOLLOW',
        actorCount: 1,
        actors: [{ id: bob.id, displayName: 'Bob' }],
      });
      expect(event.unreadCount).toBe(1);
    });

    it('takes a real JPEG, without the place where it was taken', async () => {
      const jpeg = await sharp({ create: { width: 1200, height: 800, channels: 3, background: '#c7522a' } })
        .jpeg()
        .withExif({ IFD0: { Copyright: 'Ada' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } })
        .toBuffer();
      const { createUpload } = await ada.ask(
        `mutation ($input: CreateUploadInput!) {
           createUpload(input: $input) { media { id status } ticket { url fields { name value } } }
         }`,
        { input: { mimeType: 'image/jpeg', byteSize: jpeg.length, altText: 'An orange' } },
      );
      mediaId = createUpload.media.id;
      const form = new FormData();
      for (const { name, value } of createUpload.ticket.fields) form.append(name, value);
      form.append('file', new Blob([jpeg], { type: 'image/jpeg' }));
      const uploaded = await fetch(createUpload.ticket.url, { method: 'POST', body: form });
      expect(uploaded.ok, await uploaded.text()).toBe(true);

      const { completeUpload } = await ada.ask(
        'mutation ($id: ID!) { completeUpload(input: { mediaId: $id }) { media { status failure width height blurhash url } } }',
        { id: mediaId },
      );
      expect(completeUpload.media).toMatchObject({
        status: 'READY',
        failure: null,
        width: 1200,
        height: 800,
      });
      expect(completeUpload.media.blurhash).toBeTruthy();
      const served = await fetch(completeUpload.media.url);
      expect(served.status).toBe(200);
      expect((await sharp(await served.arrayBuffer()).metadata()).exif).toBeUndefined();
    });

    it('shows the post with author and picture on the follower’s timeline, live and when asked', async () => {
      await ada.ask(
        'mutation ($id: ID!) { updateProfile(input: { avatarId: $id }) { user { avatar { id } } } }',
        { id: mediaId },
      );
      const { createPost } = await ada.ask(
        'mutation ($input: CreatePostInput!) { createPost(input: $input) { post { id } } }',
        { input: { text: `An #orange for @${bob.username}`, mediaIds: [mediaId] } },
      );
      postId = createPost.post.id;
      const live = await bobTimeline.first((data) => data.homeTimelineEvents.post);
      const { homeTimeline } = await bob.ask(
        `{ homeTimeline(first: 5) { edges { node { ${postFields} } } } }`,
      );
      for (const post of [live, homeTimeline.edges[0].node]) {
        expect(post).toMatchObject({
          id: postId,
          author: { id: ada.id, displayName: 'Ada' },
          media: [{ id: mediaId, width: 1200 }],
        });
        expect((await fetch(post.media[0].url)).status).toBe(200);
        expect((await fetch(post.author.avatar.url)).status).toBe(200);
      }
    });

    it('tells the follower live of the post, once', async () => {
      const event = await bobHears.first((data) => data.notificationReceived);
      expect(event.notification.type).toBe('MENTION');
      expect(event.notification.subject).toMatchObject({ __typename: 'Post', id: postId });
      const { notifications } = await bob.ask('{ notifications { unreadCount edges { node { id type } } } }');
      expect(notifications.edges).toHaveLength(1);
      for (const watch of [adaHears, bobHears, bobTimeline]) watch.drop();
    });

    it('counts a reaction and a comment, and tells the author of both', async () => {
      await bob.ask(
        'mutation ($id: ID!) { reactToPost(input: { postId: $id, emoji: "🍊" }) { post { id } } }',
        {
          id: postId,
        },
      );
      await bob.ask(
        'mutation ($id: ID!) { createComment(input: { postId: $id, text: "Thank you" }) { comment { id } } }',
        { id: postId },
      );
      const { post } = await ada.ask(
        'query ($id: ID!) { post(id: $id) { commentCount reactions { emoji count } comments { edges { node { text author { username } } } } } }',
        { id: postId },
      );
      expect(post).toMatchObject({
        commentCount: 1,
        reactions: [{ emoji: '🍊', count: 1 }],
        comments: { edges: [{ node: { text: 'Thank you', author: { username: bob.username } } }] },
      });
      const types = await until(async () => {
        const { notifications } = await ada.ask('{ notifications { edges { node { type } } } }');
        const seen: string[] = notifications.edges.map((edge: { node: { type: string } }) => edge.node.type);
        return seen.length === 3 && seen;
      });
      expect(types.toSorted()).toEqual(['COMMENT', 'FOLLOW', 'REACTION']);
    });
  });

  describe('a chat', () => {
    /** The number of the message with which they began. */
    let hello: number;

    it('carries messages live, joined from four services', async () => {
      const { startConversation } = await ada.ask(
        'mutation ($input: StartConversationInput!) { startConversation(input: $input) { conversation { id kind members { edges { node { user { username } } } } } } }',
        { input: { memberIds: [bob.id] } },
      );
      conversationId = startConversation.conversation.id;
      expect(startConversation.conversation.kind).toBe('DIRECT');
      const { viewer } = await ada.ask('{ viewer { avatar { id } } }');
      const bobHears = await bob.watch(chatQuery);
      // No answer says that a subscription runs, and what came before is not told live.
      let asked = 0;
      await until(async () => {
        asked += 1;
        await ada.ask(sendMessage, message('Do you hear me?'));
        return bobHears.answers.length > 0;
      });
      await ada.ask(sendMessage, message('Hello, Bob', { mediaIds: [viewer.avatar.id] }));
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
      cursor = event.cursor;
      bobHears.drop();
    });

    it('gives one who dropped off all that was missed, once and in order', async () => {
      for (let n = 1; n <= 11; n += 1) await ada.ask(sendMessage, message(`message ${n}`));
      const back = await bob.watch(chatQuery, { after: cursor });
      await back.first((data) => data.chatEvents.message?.seq === hello + 11);
      await ada.ask(sendMessage, message('message 12'));
      await back.first((data) => data.chatEvents.message?.seq === hello + 12);
      expect(back.answers.map((answer) => answer.data.chatEvents.message.seq - hello)).toEqual([
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
      ]);
      cursor = back.answers.at(-1)?.data.chatEvents.cursor;
      back.drop();
    });

    it('gives the same answer to a message that is sent again with its key', async () => {
      const again = message('only once', { idempotencyKey: 'key-1' });
      const answers = await Promise.all([1, 2, 3].map(() => ada.ask(sendMessage, again)));
      expect(new Set(answers.map((answer) => answer.sendMessage.message.seq))).toEqual(new Set([hello + 13]));
    });
  });

  it('loses nothing when RabbitMQ is restarted in the middle', async ({ skip }) => {
    if (!layout.rabbitmq) return skip('this layout has the in-process broker');
    const bobHears = await bob.watch(chatQuery, { after: cursor });
    const adaHears = await ada.watch(notificationQuery);
    const { notifications: before } = await ada.ask('{ notifications(first: 1) { unreadCount } }');
    const restarted = system.restartRabbitMq();
    const postIds: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      await ada.ask(sendMessage, message(`during the restart ${n}`));
      const { createPost } = await ada.ask(
        'mutation ($text: String!) { createPost(input: { text: $text }) { post { id } } }',
        { text: `post ${n} during the restart` },
      );
      postIds.push(createPost.post.id);
      await bob.ask(
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
      const { notifications } = await bob.ask(
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
        const { createPost } = await ada.ask(
          `mutation ($media: [ID!]) { createPost(input: { text: "whole", mediaIds: $media }) { post { id } } }`,
          { media: [(await ada.ask('{ viewer { avatar { id } } }')).viewer.avatar.id] },
        );
        const whole = await bob.ask(everything);
        expect(whole.homeTimeline.edges[0].node).toMatchObject({
          id: createPost.post.id,
          author: { displayName: 'Ada' },
        });

        await system.kill(name);
        try {
          const answer = await bob.send(everything);
          expect(answer.errors?.[0]?.extensions?.code, JSON.stringify(answer)).toBe('UNAVAILABLE');
          expect(JSON.stringify(answer.errors)).not.toMatch(/127\.0\.0\.1|localhost|ECONN|at .*\.ts/);
          expect(lost.split('.').reduce((value, key) => value?.[key], answer.data)).toBeNull();
          expect(answer.data.homeTimeline.edges[0].node).toMatchObject({
            id: createPost.post.id,
            text: 'whole',
          });
          expect(answer.data.conversations.edges[0].node.id).toBe(conversationId);
        } finally {
          await system.revive(name);
        }
        await until(async () => !(await bob.send(everything)).errors, {
          timeoutMs: 20_000,
          what: 'a whole answer again',
        });
      },
      60_000,
    );
  });

  it('ends the sockets of a session that logs out, and nobody else’s', async () => {
    const { logIn } = await phone(system.gatewayUrl).ask(
      'mutation ($input: LogInInput!) { logIn(input: $input) { tokens { accessToken refreshToken } } }',
      { input: { identifier: bob.username, password: bob.password } },
    );
    const second = phone(system.gatewayUrl, logIn.tokens.accessToken);
    const [stays, ends] = [await bob.watch(chatQuery), await second.watch(chatQuery)];
    await second.ask('mutation { logOut { ended } }');
    await ends.ended;
    expect((await second.send('{ viewer { id } }')).errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
    const refused = await phone(system.gatewayUrl).send(
      'mutation ($input: RefreshTokensInput!) { refreshTokens(input: $input) { tokens { accessToken } } }',
      { input: { refreshToken: logIn.tokens.refreshToken } },
    );
    expect(refused.errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
    await until(async () => {
      await ada.ask(sendMessage, message('still there?'));
      return stays.answers.some(({ data }) => data?.chatEvents.message?.text === 'still there?');
    });
    stays.drop();
  });
}
