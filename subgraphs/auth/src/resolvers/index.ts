import type { Resolvers } from '../generated/resolvers.ts';
import { Account } from './Account.ts';
import { Mutation } from './Mutation.ts';
import { Query } from './Query.ts';

export const resolvers: Resolvers = { Account, Mutation, Query };
