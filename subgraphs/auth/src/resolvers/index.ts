import type { Resolvers } from '../generated/resolvers.ts';
import { Account } from './Account.ts';
import { AccountErasure } from './AccountErasure.ts';
import { AccountStanding } from './AccountStanding.ts';
import { AuditEntry } from './AuditEntry.ts';
import { EmailChange } from './EmailChange.ts';
import { ErasurePart } from './ErasurePart.ts';
import { Mutation } from './Mutation.ts';
import { Passkey } from './Passkey.ts';
import { Query } from './Query.ts';
import { Session } from './Session.ts';

export const resolvers: Resolvers = {
  Account,
  AccountErasure,
  AccountStanding,
  AuditEntry,
  EmailChange,
  ErasurePart,
  Mutation,
  Passkey,
  Query,
  Session,
};
