import type { Tx } from '../store/client.ts';
import { lockActs } from '../store/standings.ts';
import { retractActs } from './part-people.ts';

/** Retracts what a person was notified of that somebody did whom they mute: some at once, the rest in steps. */
export async function silencePerson(tx: Tx, muterId: string, mutedId: string): Promise<void> {
  await lockActs(tx, [mutedId]);
  await retractActs(tx, { recipientId: muterId, actorId: mutedId, owner: muterId });
}
