import { DateTime } from '@socialhub/platform/scalars';
import type { Resolvers } from '../generated/resolvers.ts';
import { Media } from './Media.ts';
import { Mutation } from './Mutation.ts';
import { Query } from './Query.ts';

export const resolvers: Resolvers = { DateTime, Query, Mutation, Media };
