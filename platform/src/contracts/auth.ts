import * as z from 'zod';
import { defineEvent } from '../events/contract.ts';

/** Somebody has an account now. The user service makes the profile from it; others learn of the person. */
export const UserRegistered = defineEvent({
  name: 'user_registered',
  version: 1,
  producer: 'auth',
  data: z.object({
    userId: z.uuid(),
    username: z.string(),
    displayName: z.string(),
    registeredAt: z.iso.datetime(),
  }),
  aggregate: (data) => data.userId,
});
