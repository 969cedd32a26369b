'use server';

import { refresh } from 'next/cache';
import { formFaults, messageOf, readFields } from '../../actions/form-state.ts';
import { change } from '../../gateway/client.ts';
import { type Reposted, RepostMutation, UndoRepostMutation } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';

const MUTATIONS = { repost: RepostMutation, undo: UndoRepostMutation };

/** What became of an attempt: a text when it was refused, else how the post stands, if it is still to be seen. */
interface RepostOutcome {
  fault: string | null;
  now: { reposted: boolean; count: number } | null;
}

/** Reposts a post or takes that back, as the form's `intent` says. */
export async function changeRepost(_before: unknown, sent: unknown): Promise<RepostOutcome> {
  const { intent, postId } = readFields(sent, ['intent', 'postId']);
  if (!Object.hasOwn(MUTATIONS, intent)) return { fault: messageOf(undefined), now: null };
  const mutation = MUTATIONS[intent as keyof typeof MUTATIONS];
  const input = { postId };
  const { data, faults } = await change<Reposted, { input: typeof input }>(
    mutation,
    { input },
    await currentCaller(),
  );
  if (faults.length > 0) {
    const { fields, message } = formFaults(faults, {}, { postId: 'This post' });
    return { fault: fields.postId ?? message, now: null };
  }
  refresh();
  const post = data?.changed?.post;
  return { fault: null, now: post ? { reposted: post.viewerHasReposted, count: post.repostCount } : null };
}
