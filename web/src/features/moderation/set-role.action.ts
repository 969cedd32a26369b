'use server';

import { refresh } from 'next/cache';
import { messageOf, readFields } from '../../forms/form-state.ts';
import { change } from '../../gateway/client.ts';
import { SetRoleMutation } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';
import type { Role } from './generated/documents.ts';

export interface SetRoleState {
  fault: string | null;
  done: boolean;
}

/** Gives somebody the role that the form says. The services decide whether the viewer may, and whether it is one. */
export async function setRole(_before: unknown, data: unknown): Promise<SetRoleState> {
  const { id, role } = readFields(data, ['id', 'role']);
  const input = { userId: id, role: role as Role };
  const { faults } = await change(SetRoleMutation, { input }, await currentCaller());
  if (faults.length > 0) return { fault: await messageOf(faults[0]), done: false };
  refresh();
  return { fault: null, done: true };
}
