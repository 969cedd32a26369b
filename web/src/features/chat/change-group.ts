import { textsNow } from '#texts';
import { formFaults, messageOf, readFields } from '../../forms/form-state.ts';
import type { Outcome, Send } from '../../gateway/send.ts';
import {
  AddConversationMembersDocument,
  LeaveConversationDocument,
  RemoveConversationMemberDocument,
  SetConversationAdminDocument,
  UpdateConversationDocument,
} from './generated/documents.ts';

/** What became of a change: why it was refused, or what to say of it. */
export interface GroupState {
  fault: string | null;
  done: string;
}

type Fields = Record<'intent' | 'conversationId' | 'userId' | 'title', string>;
type Change = (send: Send, fields: Fields) => Promise<Outcome<object>>;

type Done = 'nameSaved' | 'added' | 'removed' | 'adminNow' | 'noAdmin' | 'left';

const changes: Record<string, { run: Change; done: Done }> = {
  rename: {
    run: (send, { conversationId, title }) => send(UpdateConversationDocument, { conversationId, title }),
    done: 'nameSaved',
  },
  add: {
    run: (send, { conversationId, userId }) =>
      send(AddConversationMembersDocument, { conversationId, memberIds: [userId] }),
    done: 'added',
  },
  remove: {
    run: (send, { conversationId, userId }) =>
      send(RemoveConversationMemberDocument, { conversationId, userId }),
    done: 'removed',
  },
  admin: {
    run: (send, { conversationId, userId }) =>
      send(SetConversationAdminDocument, { conversationId, userId, isAdmin: true }),
    done: 'adminNow',
  },
  member: {
    run: (send, { conversationId, userId }) =>
      send(SetConversationAdminDocument, { conversationId, userId, isAdmin: false }),
    done: 'noAdmin',
  },
  leave: {
    run: (send, { conversationId }) => send(LeaveConversationDocument, { conversationId }),
    done: 'left',
  },
};

/** Changes a group as the form's `intent` says: its name, who is in it and who its admins are, or leaves it. */
export async function changeGroup(send: Send, form: unknown): Promise<GroupState> {
  const t = await textsNow('chat');
  const fields = readFields(form, ['intent', 'conversationId', 'userId', 'title']);
  const change = Object.hasOwn(changes, fields.intent) ? changes[fields.intent] : undefined;
  if (!change) return { fault: await messageOf(undefined), done: '' };
  const { faults } = await change.run(send, fields);
  if (faults.length === 0) return { fault: null, done: t(change.done) };
  const person = t('thisPerson');
  const labels = { title: t('aName'), memberIds: person, userId: person, conversationId: t('thisGroup') };
  const shown = await formFaults(faults, {}, labels);
  return { fault: Object.values(shown.fields)[0] ?? shown.message ?? (await messageOf(faults[0])), done: '' };
}
