import { badUserInput, refuse } from './fake-results.ts';
import type { Call, FakePost, FakeState, FakeUser } from './fake-state.ts';

interface FakePicture {
  id: string;
  altText: string | null;
}

/** The part of the graph that is about one's own pictures: those of one's posts. */
export function mediaRoots(state: FakeState, call: Call, signedIn: () => FakeUser) {
  const pictures = (post: FakePost) => (post.media ?? []) as FakePicture[];
  const own = (id: string) => {
    const author = signedIn();
    const post = state.posts.find(
      (one) => one.author === author && pictures(one).some((each) => each.id === id),
    );
    const uploaded = state.media.get(id);
    const picture = post
      ? pictures(post).find((one) => one.id === id)
      : uploaded?.owner === author
        ? uploaded
        : undefined;
    if (!picture) throw refuse('NOT_FOUND', 'Media not found');
    return { post, picture };
  };
  return {
    setAltText: call('setAltText', ({ input }: { input: { mediaId: string; altText: string | null } }) => {
      const { picture } = own(input.mediaId);
      if ([...(input.altText ?? '')].length > 1_500) {
        throw badUserInput('input.altText', 'takes at most 1500 characters');
      }
      picture.altText = input.altText || null;
      return { media: picture };
    }),
    deleteMedia: call('deleteMedia', ({ input: { mediaId } }: { input: { mediaId: string } }) => {
      const { post } = own(mediaId);
      state.media.delete(mediaId);
      if (!post) return { deletedId: mediaId };
      const left = pictures(post).filter(({ id }) => id !== mediaId);
      // As it is until the post's service has heard of it.
      post.media = null;
      setTimeout(() => {
        post.media = left;
      }, 300);
      return { deletedId: mediaId };
    }),
  };
}
