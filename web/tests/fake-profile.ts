import { badUserInput } from './fake-results.ts';
import type { Call, FakeState, FakeUser } from './fake-state.ts';

/** The part of the graph that is about how one is seen. */
export function profileRoots(state: FakeState, call: Call, signedIn: () => FakeUser) {
  return {
    updateProfile: call('updateProfile', ({ input }: { input: Record<string, unknown> }) => {
      const user = signedIn();
      const { avatarId, bannerId, ...fields } = input;
      const { displayName, bio } = fields as { displayName?: string; bio?: string | null };
      if (displayName !== undefined && displayName.trim() === '')
        throw badUserInput('input.displayName', 'takes at least 1 character');
      if ([...(bio ?? '')].length > 500) throw badUserInput('input.bio', 'takes at most 500 characters');
      Object.assign(user, fields);
      for (const [field, id] of [
        ['avatar', avatarId],
        ['banner', bannerId],
      ] as const) {
        if (id === null) user[field] = null;
        if (typeof id !== 'string') continue;
        const media = state.media.get(id);
        if (media?.status !== 'READY')
          throw badUserInput(`input.${field}Id`, 'is no image of yours that is READY');
        user[field] = media;
      }
      return { user };
    }),
  };
}
