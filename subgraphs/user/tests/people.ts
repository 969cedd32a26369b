import { AccountStandingChanged, type Standing, UserRegistered } from '@socialhub/platform/contracts/auth';
import { isUuid, uuidv7 } from '@socialhub/platform/ids';
import { gid as globalId } from '@socialhub/platform/testing/gid';
import { testService } from '@socialhub/platform/testing/test-service';
import { dataOf } from '@socialhub/platform/testing/until';
import { createUserService, readConfig } from '../src/service.ts';

export const minutesAgo = (minutes: number): string => uuidv7(Date.now() - minutes * 60_000);

/** A person's id as clients have it. */
export const gid = (userId: string): string => globalId('User', userId);
/** A picture's. */
export const mediaGid = (mediaId: string): string => globalId('Media', mediaId);

export const profileFields = `id username displayName bio avatar { id } banner { id } isPrivate createdAt
  followerCount followingCount
  viewerRelationship { follow followedBy blocking bell muting mutedUntil mutingNotifications }`;
export const updateMutation = `mutation ($input: UpdateProfileInput!) {
  updateProfile(input: $input) { user { ${profileFields} } } }`;

/** The user service, with what its tests have in common. */
export async function startUsers() {
  const service = await testService({ name: 'user', create: createUserService, readConfig });
  let count = 0;

  const person = async (
    given: { id?: string; username?: string; displayName?: string } = {},
  ): Promise<string> => {
    count += 1;
    const userId = given.id ?? uuidv7();
    const username = given.username ?? `person_${count}`;
    const displayName = given.displayName ?? `Person ${count}`;
    const registeredAt = new Date().toISOString();
    await service.emit(UserRegistered, { userId, username, displayName, registeredAt });
    return userId;
  };

  const act = (who: string | null, verb: string, userId: string, more: object = {}) => {
    const type = `${verb[0]?.toUpperCase()}${verb.slice(1)}Input!`;
    const query = `mutation ($input: ${type}) { ${verb}(input: $input) { user { ${profileFields} } } }`;
    return service
      .as(who)
      .execute(query, { input: { userId: isUuid(userId) ? gid(userId) : userId, ...more } });
  };

  return {
    ...service,
    /** Somebody who has registered. */
    person,
    people: (howMany: number) => Promise.all(Array.from({ length: howMany }, () => person())),
    /** The auth service tells how an account stands. */
    stands: (userId: string, standing: Standing, sequence?: bigint) =>
      service.emit(
        AccountStandingChanged,
        { userId, role: 'MEMBER', standing, at: new Date().toISOString() },
        sequence === undefined ? {} : { sequence },
      ),
    /** Resolves when requests that were sent before have looked for what they want, and not found it. */
    async asked() {
      for (let i = 0; i < 3; i += 1) {
        const query = `{ user(id: "${gid(minutesAgo(1))}") { id } }`;
        if (dataOf(await service.as(null).execute(query)).user) throw new Error('there is somebody');
      }
    },
    /** A profile as `who` sees it. */
    async profile(id: string, who: string | null = null) {
      const query = `query ($id: ID!) { user(id: $id) { ${profileFields} } }`;
      return dataOf(await service.as(who).execute(query, { id: gid(id) })).user;
    },
    update: (who: string | null, input: Record<string, unknown>) =>
      service.as(who).execute(updateMutation, { input }),
    follow: (who: string | null, userId: string) => act(who, 'followUser', userId),
    unfollow: (who: string | null, userId: string) => act(who, 'unfollowUser', userId),
    ring: (who: string | null, userId: string) => act(who, 'ringBell', userId),
    silence: (who: string | null, userId: string) => act(who, 'silenceBell', userId),
    accept: (who: string | null, userId: string) => act(who, 'acceptFollowRequest', userId),
    reject: (who: string | null, userId: string) => act(who, 'rejectFollowRequest', userId),
    remove: (who: string | null, userId: string) => act(who, 'removeFollower', userId),
    block: (who: string | null, userId: string) => act(who, 'blockUser', userId),
    unblock: (who: string | null, userId: string) => act(who, 'unblockUser', userId),
    mute: (who: string | null, userId: string, how: object = {}) => act(who, 'muteUser', userId, how),
    unmute: (who: string | null, userId: string) => act(who, 'unmuteUser', userId),
  };
}

export type Users = Awaited<ReturnType<typeof startUsers>>;
