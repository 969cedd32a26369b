import * as z from 'zod';
import { roles } from '../identity/identity.ts';
import { defineSignal, defineSignals, defineWakeUps } from './signal.ts';

/** Of auth, to gateways: this session's access tokens are good no more. */
export const SessionRevoked = defineSignal('session_revoked', z.object({ sessionId: z.string().min(1) }));

/** Of auth, to gateways: this person's access tokens are good with this role alone. */
export const RoleChanged = defineSignal('role_changed', z.object({ userId: z.uuid(), role: z.enum(roles) }));

/** Of post, to home timelines: somebody has written or reposted something. */
export const PostAppeared = defineSignal('post_created', z.object({ postId: z.uuid(), authorId: z.uuid() }));

/** Of chat, by conversation: who writes there and until when that holds, or that they have stopped. */
export const typingIn = defineSignals(
  'typing',
  z.object({ userId: z.uuid(), until: z.iso.datetime().nullable() }),
);

/** Of chat, by person: their log of what happened in their conversations has grown. */
export const memberEventsOf = defineWakeUps('chat');

/** Of notification, by person: something of their notifications is new. */
export const notificationsOf = defineWakeUps('notification');

/** Of media, by archive: it is further than it was. */
export const dataExportOf = defineWakeUps('data_export');
