import { AccountStandingChanged, type Standing, UserRegistered } from '@socialhub/platform/contracts/auth';
import { uuidv7 } from '@socialhub/platform/ids';
import { testService } from '@socialhub/platform/testing/test-service';
import { dataOf, expectError } from '@socialhub/platform/testing/until';
import { createUserService, readConfig } from '../src/service.ts';

export const minutesAgo = (minutes: number): string => uuidv7(Date.now() - minutes * 60_000);

export const profileFields = `id username displayName bio avatar { id } banner { id } isPrivate createdAt
  followerCount followingCount viewerRelationship { follow followedBy blocking muting }`;
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
        expectError(await service.as(null).execute(`{ user(id: "${minutesAgo(1)}") { id } }`), 'NOT_FOUND');
      }
    },
    /** A profile as `who` sees it. */
    async profile(id: string, who: string | null = null) {
      const query = `query ($id: ID!) { user(id: $id) { ${profileFields} } }`;
      return dataOf(await service.as(who).execute(query, { id })).user;
    },
    update: (who: string | null, input: Record<string, unknown>) =>
      service.as(who).execute(updateMutation, { input }),
    follow: (who: string | null, userId: string) =>
      service
        .as(who)
        .execute(`mutation ($userId: ID!) { followUser(userId: $userId) { user { ${profileFields} } } }`, {
          userId,
        }),
    block: (who: string | null, userId: string) =>
      service
        .as(who)
        .execute(`mutation ($userId: ID!) { blockUser(userId: $userId) { user { ${profileFields} } } }`, {
          userId,
        }),
    unblock: (who: string | null, userId: string) =>
      service
        .as(who)
        .execute(`mutation ($userId: ID!) { unblockUser(userId: $userId) { user { ${profileFields} } } }`, {
          userId,
        }),
    unfollow: (who: string | null, userId: string) =>
      service
        .as(who)
        .execute(`mutation ($userId: ID!) { unfollowUser(userId: $userId) { user { ${profileFields} } } }`, {
          userId,
        }),
  };
}

export type Users = Awaited<ReturnType<typeof startUsers>>;
