import type { ApolloCache, TypedDocumentNode } from '@apollo/client';
import { textsNow } from '#texts';
import { formFaults, messageOf, readFields } from '../../forms/form-state.ts';
import type { Send } from '../../gateway/send.ts';
import {
  AcceptFollowRequestDocument,
  BlockDocument,
  FollowDocument,
  RejectFollowRequestDocument,
  RemoveFollowerDocument,
  RingBellDocument,
  SilenceBellDocument,
  UnblockDocument,
  UnfollowDocument,
  UnmuteDocument,
} from './generated/documents.ts';
import { type StandingFragment, StandingFragmentDoc } from './generated/standing.ts';

type Relationship = NonNullable<StandingFragment['viewerRelationship']>;

interface Intent {
  mutation: TypedDocumentNode<object, { input: { userId: string } }>;
  /** The field of the mutation. */
  field: string;
  /** What becomes of how the viewer stands to them, where that shows at once. */
  changes?: (user: StandingFragment) => Partial<Relationship>;
}

const INTENTS: Record<string, Intent> = {
  follow: {
    mutation: FollowDocument,
    field: 'followUser',
    changes: ({ isPrivate }) => ({ follow: isPrivate ? 'REQUESTED' : 'FOLLOWING' }),
  },
  unfollow: {
    mutation: UnfollowDocument,
    field: 'unfollowUser',
    changes: () => ({ follow: 'NONE', bell: false }),
  },
  ring: { mutation: RingBellDocument, field: 'ringBell', changes: () => ({ bell: true }) },
  silence: { mutation: SilenceBellDocument, field: 'silenceBell', changes: () => ({ bell: false }) },
  accept: {
    mutation: AcceptFollowRequestDocument,
    field: 'acceptFollowRequest',
    changes: () => ({ followedBy: true }),
  },
  reject: { mutation: RejectFollowRequestDocument, field: 'rejectFollowRequest' },
  remove: {
    mutation: RemoveFollowerDocument,
    field: 'removeFollower',
    changes: () => ({ followedBy: false }),
  },
  // What asks first stays until it is done.
  block: { mutation: BlockDocument, field: 'blockUser' },
  unblock: { mutation: UnblockDocument, field: 'unblockUser' },
  unmute: {
    mutation: UnmuteDocument,
    field: 'unmuteUser',
    changes: () => ({ muting: false, mutedUntil: null }),
  },
};

/** Follows or blocks somebody, rings for them, lets them follow, or ends it, as the form's `intent` says; gives a text when it is refused. */
export async function changeRelationship(send: Send, form: unknown): Promise<string | null> {
  const t = await textsNow('relationships');
  const { intent, userId } = readFields(form, ['intent', 'userId']);
  const found = Object.hasOwn(INTENTS, intent) ? INTENTS[intent] : undefined;
  if (!found) return await messageOf(undefined);
  const { faults } = await send(
    found.mutation,
    { input: { userId } },
    { expect: (cache) => expected(cache, userId, found) },
  );
  if (faults.length === 0) return null;
  const { fields, message } = await formFaults(faults, {}, { userId: t('thisPerson') });
  return fields.userId ?? message;
}

function expected(cache: ApolloCache, userId: string, { field, changes }: Intent): object | null {
  if (!changes) return null;
  const user = cache.readFragment<StandingFragment>({ fragment: StandingFragmentDoc, id: `User:${userId}` });
  if (!user?.viewerRelationship) return null;
  const viewerRelationship = { ...user.viewerRelationship, ...changes(user) };
  const payload = `${field.charAt(0).toUpperCase()}${field.slice(1)}Payload`;
  return { [field]: { __typename: payload, user: { ...user, viewerRelationship } } };
}
