'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { formOf, textOf } from '../../forms/call-arguments.ts';
import { sendAs } from '../../gateway/client.ts';
import { currentCaller } from '../../session/current-session.ts';
import { changeGroup, type GroupState } from './change-group.ts';

export async function changeGroupAction(_before: unknown, sent: unknown): Promise<GroupState> {
  const state = await changeGroup(sendAs(await currentCaller()), sent);
  if (state.fault !== null) return state;
  if (textOf(formOf(sent).get('intent')) === 'leave') redirect('/messages');
  refresh();
  return state;
}
