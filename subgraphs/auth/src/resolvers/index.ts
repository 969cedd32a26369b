import type { Resolvers } from '../generated/resolvers.ts';
import { Account } from './Account.ts';
import { AccountStanding } from './AccountStanding.ts';
import { AuditEntry } from './AuditEntry.ts';
import { EmailChange } from './EmailChange.ts';
import { Mutation } from './Mutation.ts';
import { Passkey } from './Passkey.ts';
import { Query } from './Query.ts';

export const resolvers: Resolvers = {
  Account,
  AccountStanding,
  AuditEntry,
  EmailChange,
  Mutation,
  Passkey,
  Query,
};
