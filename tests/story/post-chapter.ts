import { expectError, until } from '@socialhub/platform/testing/until';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { upload } from '../access/cast.ts';
import type { Watch } from './client.ts';
import { notificationQuery, type StorySoFar } from './story-so-far.ts';

const postFields = 'id text author { id displayName avatar { url } } media { id url width height blurhash }';

/** Bob follows Ada and rings for her, who writes a post with a picture. */
export function tellOfPost(story: StorySoFar): void {
  describe('a follow, a picture and a post', () => {
    let adaHears: Watch;
    let bobHears: Watch;
    let bobTimeline: Watch;
    let mediaId: string;
    let postId: string;

    it('tells the first live that the second follows', async () => {
      adaHears = await story.ada.watch(notificationQuery);
      bobHears = await story.bob.watch(notificationQuery);
      bobTimeline = await story.bob.watch(
        `subscription { homeTimelineEvents { cursor post { ${postFields} } } }`,
      );
      const { followUser } = await story.bob.ask(
        'mutation ($input: FollowUserInput!) { followUser(input: $input) { user { followerCount viewerRelationship { follow } } } }',
        { input: { userId: story.ada.id } },
      );
      expect(followUser.user).toEqual({ followerCount: 1, viewerRelationship: { follow: 'FOLLOWING' } });
      const event = await adaHears.first((data) => data.notificationReceived);
      expect(event.notification).toMatchObject({
        type: 'FOLLOW',
        actorCount: 1,
        actors: [{ id: story.bob.id, displayName: 'Bob' }],
      });
      expect(event.unreadCount).toBe(1);
    });

    it('lets a follower ring for the first', async () => {
      const { ringBell } = await story.bob.ask(
        'mutation ($input: RingBellInput!) { ringBell(input: $input) { user { viewerRelationship { follow bell } } } }',
        { input: { userId: story.ada.id } },
      );
      expect(ringBell.user.viewerRelationship).toEqual({ follow: 'FOLLOWING', bell: true });
    });

    it('takes a real JPEG, without the place where it was taken', async () => {
      const jpeg = await sharp({ create: { width: 1200, height: 800, channels: 3, background: '#c7522a' } })
        .jpeg()
        .withExif({ IFD0: { Copyright: 'Ada' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } })
        .toBuffer();
      const { createUpload } = await story.ada.ask(
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

      const { completeUpload } = await story.ada.ask(
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
      await story.ada.ask(
        'mutation ($id: ID!) { updateProfile(input: { avatarId: $id }) { user { avatar { id } } } }',
        { id: mediaId },
      );
      const { createPost } = await story.ada.ask(
        'mutation ($input: CreatePostInput!) { createPost(input: $input) { post { id } } }',
        { input: { text: `An #orange for @${story.bob.username}`, mediaIds: [mediaId] } },
      );
      postId = createPost.post.id;
      const live = await bobTimeline.first((data) => data.homeTimelineEvents.post);
      const { homeTimeline } = await story.bob.ask(
        `{ homeTimeline(first: 5) { edges { node { ${postFields} } } } }`,
      );
      for (const post of [live, homeTimeline.edges[0].node]) {
        expect(post).toMatchObject({
          id: postId,
          author: { id: story.ada.id, displayName: 'Ada' },
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
      const { notifications } = await story.bob.ask(
        '{ notifications { unreadCount edges { node { id type } } } }',
      );
      expect(notifications.edges).toHaveLength(1);
    });

    it('tells the follower, who rings, live of a post that does not name them', async () => {
      const { createPost } = await story.ada.ask(
        'mutation { createPost(input: { text: "An orange for everybody" }) { post { id } } }',
      );
      const event = await bobHears.first(
        ({ notificationReceived: told }) => told.notification.subject.id === createPost.post.id && told,
      );
      expect(event.notification.type).toBe('POST');
      expect(event.unreadCount).toBe(2);
      for (const watch of [adaHears, bobHears, bobTimeline]) watch.drop();
    });

    it('counts a reaction and a comment, and tells the author of both', async () => {
      await story.bob.ask(
        'mutation ($id: ID!) { reactToPost(input: { postId: $id, emoji: "🍊" }) { post { id } } }',
        {
          id: postId,
        },
      );
      await story.bob.ask(
        'mutation ($id: ID!) { createComment(input: { postId: $id, text: "Thank you" }) { comment { id } } }',
        { id: postId },
      );
      const { post } = await story.ada.ask(
        'query ($id: ID!) { post(id: $id) { commentCount reactions { emoji count } comments { edges { node { text author { username } } } } } }',
        { id: postId },
      );
      expect(post).toMatchObject({
        commentCount: 1,
        reactions: [{ emoji: '🍊', count: 1 }],
        comments: { edges: [{ node: { text: 'Thank you', author: { username: story.bob.username } } }] },
      });
      const types = await until(async () => {
        const { notifications } = await story.ada.ask('{ notifications { edges { node { type } } } }');
        const seen: string[] = notifications.edges.map((edge: { node: { type: string } }) => edge.node.type);
        return seen.length === 3 && seen;
      });
      expect(types.toSorted()).toEqual(['COMMENT', 'FOLLOW', 'REACTION']);
    });

    it('lets the author describe a picture that is posted, and take it away, which leaves a gap', async () => {
      const png = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
        .png()
        .toBuffer();
      const [gone, left] = [await upload(story.ada, png), await upload(story.ada, png)];
      const { createPost } = await story.ada.ask(
        'mutation ($input: CreatePostInput!) { createPost(input: $input) { post { id } } }',
        { input: { text: 'Two pictures', mediaIds: [gone, left] } },
      );
      const look = async () => {
        const query = 'query ($id: ID!) { post(id: $id) { media { id status altText url } } }';
        return (await story.bob.ask(query, { id: createPost.post.id })).post.media;
      };
      await story.ada.ask(
        'mutation ($id: ID!) { setAltText(input: { mediaId: $id, altText: "The sea" }) { media { id } } }',
        { id: gone },
      );
      const [first] = await look();
      expect(first).toMatchObject({ id: gone, altText: 'The sea' });
      expect((await fetch(first.url)).status).toBe(200);
      const { deleteMedia } = await story.ada.ask(
        'mutation ($id: ID!) { deleteMedia(input: { mediaId: $id }) { deletedId } }',
        { id: gone },
      );
      expect(deleteMedia.deletedId).toBe(gone);
      await until(async () => (await fetch(first.url)).status === 404, {
        what: 'an address that leads nowhere',
      });
      // A list that holds no nulls is null until the post's service has heard of it.
      const shown = await until(look);
      expect(shown).toMatchObject([{ id: left, status: 'READY' }]);
      const again = await story.ada.send(
        'mutation ($input: CreatePostInput!) { createPost(input: $input) { post { id } } }',
        { input: { text: 'Again', mediaIds: [gone] } },
      );
      expectError(again, 'BAD_USER_INPUT', 'input.mediaIds');
    });
  });
}
