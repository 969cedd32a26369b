import { DateTime } from '@socialhub/platform/subgraph/scalars';
import type { Resolvers } from '../generated/resolvers.ts';
import { Mutation } from './Mutation.ts';
import { Notification } from './Notification.ts';
import { Query } from './Query.ts';
import { Subscription } from './Subscription.ts';

export const resolvers: Resolvers = { DateTime, Query, Mutation, Subscription, Notification };
