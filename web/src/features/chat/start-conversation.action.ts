'use server';

import { isUuid } from '@socialhub/platform/ids';
import { redirect } from 'next/navigation';
import { textsNow } from '#texts';
import { formOf } from '../../forms/call-arguments.ts';
import { formFaults, messageOf, readFields } from '../../forms/form-state.ts';
import { change } from '../../gateway/client.ts';
import { StartConversationMutation } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';

/** Finds or starts the conversation with whom the form names, one or several, and shows it; gives a text when it is refused. */
export async function startConversation(_before: unknown, data: unknown): Promise<string | null> {
  const t = await textsNow('chat');
  const { title, key } = readFields(data, ['title', 'key']);
  const memberIds = formOf(data)
    .getAll('memberId')
    .filter((id) => typeof id === 'string');
  if (memberIds.length === 0) return t('chooseWhomWriteFirst');
  const input = {
    memberIds: [...new Set(memberIds)],
    // Between two there is none.
    ...(memberIds.length > 1 && title !== '' && { title }),
    ...(isUuid(key) && { idempotencyKey: key }),
  };
  const { data: done, faults } = await change(StartConversationMutation, { input }, await currentCaller());
  const id = done?.startConversation?.conversation.id;
  if (id === undefined) {
    const shown = await formFaults(faults, {}, { memberIds: t('aConversation'), title: t('aName') });
    return shown.fields.memberIds ?? shown.fields.title ?? shown.message ?? (await messageOf(faults[0]));
  }
  redirect(`/messages/${encodeURIComponent(id)}`);
}
