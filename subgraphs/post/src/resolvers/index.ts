import { DateTime } from '@socialhub/platform/subgraph/scalars';
import type { Resolvers } from '../generated/resolvers.ts';
import { Comment } from './Comment.ts';
import { ContentStanding } from './ContentStanding.ts';
import { Mutation } from './Mutation.ts';
import { Post } from './Post.ts';
import { Query } from './Query.ts';
import { Subscription } from './Subscription.ts';
import { User } from './User.ts';

export const resolvers: Resolvers = {
  DateTime,
  Query,
  Mutation,
  Subscription,
  Post,
  Comment,
  ContentStanding,
  User,
};
