'use server';

import { refresh } from 'next/cache';
import { formFaults, messageOf, readFields } from '../../forms/form-state.ts';
import { change } from '../../gateway/client.ts';
import {
  AcceptFollowRequestMutation,
  BlockMutation,
  FollowMutation,
  RejectFollowRequestMutation,
  RemoveFollowerMutation,
  RingBellMutation,
  SilenceBellMutation,
  UnblockMutation,
  UnfollowMutation,
  UnmuteMutation,
} from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';

const MUTATIONS = {
  follow: FollowMutation,
  unfollow: UnfollowMutation,
  ring: RingBellMutation,
  silence: SilenceBellMutation,
  accept: AcceptFollowRequestMutation,
  reject: RejectFollowRequestMutation,
  remove: RemoveFollowerMutation,
  block: BlockMutation,
  unblock: UnblockMutation,
  unmute: UnmuteMutation,
};

/** Follows or blocks somebody, rings for them, lets them follow, or ends it, as the form's `intent` says; gives a text when it is refused. */
export async function changeRelationship(_before: unknown, data: unknown): Promise<string | null> {
  const { intent, userId } = readFields(data, ['intent', 'userId']);
  if (!Object.hasOwn(MUTATIONS, intent)) return messageOf(undefined);
  const mutation = MUTATIONS[intent as keyof typeof MUTATIONS];
  const input = { userId };
  const { faults } = await change<object, { input: typeof input }>(
    mutation,
    { input },
    await currentCaller(),
  );
  if (faults.length > 0) {
    const { fields, message } = formFaults(faults, {}, { userId: 'This person' });
    return fields.userId ?? message;
  }
  refresh();
  return null;
}
