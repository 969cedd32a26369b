import { cursorCodec, pageOfAll, pageRequest, timeAndId } from '@socialhub/platform/database/pagination';
import type { Context } from '../../context.ts';
import type { MemberRow } from '../../store/members/members.ts';

const placeOf = (member: MemberRow): [Date, string] => [member.joinedAt, member.userId];

/** A page of who is in a conversation, by when they joined: a hundred people at most. Throws BAD_USER_INPUT. */
export async function listMembers(
  { viewer, loaders }: Pick<Context, 'viewer' | 'loaders'>,
  conversationId: string,
  args: { first?: number | null; after?: string | null },
) {
  const cursors = cursorCodec('Conversation.members', timeAndId, {
    viewerId: viewer?.userId ?? null,
    of: conversationId,
  });
  const page = pageRequest(args, cursors);
  const members = await loaders.members.load(conversationId);
  return { ...pageOfAll(members, page, placeOf, cursors, 'oldest first'), totalCount: members.length };
}
