import type { Resolvers } from '../generated/resolvers.ts';
import { Account } from './Account.ts';
import { AccountStanding } from './AccountStanding.ts';
import { AuditEntry } from './AuditEntry.ts';
import { Mutation } from './Mutation.ts';
import { Passkey } from './Passkey.ts';
import { Query } from './Query.ts';

export const resolvers: Resolvers = { Account, AccountStanding, AuditEntry, Mutation, Passkey, Query };
