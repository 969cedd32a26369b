import * as z from 'zod';
import { roles } from '../identity/identity.ts';
import { defineEvent } from './contract.ts';
import { serviceNames } from './services.ts';

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

/** ACTIVE: like everybody else. Of anybody else, others see nothing that they wrote. */
export const standings = ['ACTIVE', 'SUSPENDED', 'DEACTIVATED', 'PENDING_DELETION'] as const;
export type Standing = (typeof standings)[number];

/** How an account stands now, whole: replicas overwrite what they hold. Nobody tells of a member who is ACTIVE from the start. */
export const AccountStandingChanged = defineEvent({
  name: 'account_standing_changed',
  version: 1,
  producer: 'auth',
  data: z.object({
    userId: z.uuid(),
    role: z.enum(roles),
    standing: z.enum(standings),
    at: z.iso.datetime(),
  }),
  aggregate: (data) => data.userId,
});

/** The grace is over: every service erases what it keeps of this person, and says so. */
export const AccountDeleted = defineEvent({
  name: 'account_deleted',
  version: 1,
  producer: 'auth',
  data: z.object({ userId: z.uuid(), at: z.iso.datetime() }),
  aggregate: (data) => data.userId,
});

/** A service keeps nothing of the person any more: so many rows, or files, of each kind are gone. */
export const AccountDataErased = defineEvent({
  name: 'account_data_erased',
  version: 1,
  producer: serviceNames,
  data: z.object({
    userId: z.uuid(),
    service: z.enum(serviceNames),
    counts: z.record(z.string(), z.int().min(0)),
    at: z.iso.datetime(),
  }),
  aggregate: (data) => `${data.userId}:${data.service}`,
});
