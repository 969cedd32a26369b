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

const changes: Record<string, { run: Change; done: string }> = {
  rename: {
    run: (send, { conversationId, title }) => send(UpdateConversationDocument, { conversationId, title }),
    done: 'The name is saved.',
  },
  add: {
    run: (send, { conversationId, userId }) =>
      send(AddConversationMembersDocument, { conversationId, memberIds: [userId] }),
    done: 'They are in the group now.',
  },
  remove: {
    run: (send, { conversationId, userId }) =>
      send(RemoveConversationMemberDocument, { conversationId, userId }),
    done: 'They are out of the group.',
  },
  admin: {
    run: (send, { conversationId, userId }) =>
      send(SetConversationAdminDocument, { conversationId, userId, isAdmin: true }),
    done: 'They are an admin now.',
  },
  member: {
    run: (send, { conversationId, userId }) =>
      send(SetConversationAdminDocument, { conversationId, userId, isAdmin: false }),
    done: 'They are no admin any more.',
  },
  leave: {
    run: (send, { conversationId }) => send(LeaveConversationDocument, { conversationId }),
    done: 'You have left.',
  },
};

const labels = {
  title: 'A name',
  memberIds: 'This person',
  userId: 'This person',
  conversationId: 'This group',
};

/** Changes a group as the form's `intent` says: its name, who is in it and who its admins are, or leaves it. */
export async function changeGroup(send: Send, form: unknown): Promise<GroupState> {
  const fields = readFields(form, ['intent', 'conversationId', 'userId', 'title']);
  const change = Object.hasOwn(changes, fields.intent) ? changes[fields.intent] : undefined;
  if (!change) return { fault: messageOf(undefined), done: '' };
  const { faults } = await change.run(send, fields);
  if (faults.length === 0) return { fault: null, done: change.done };
  const shown = formFaults(faults, {}, labels);
  return { fault: Object.values(shown.fields)[0] ?? shown.message ?? messageOf(faults[0]), done: '' };
}
