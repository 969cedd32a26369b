import { DateTime } from '@socialhub/platform/subgraph/scalars';
import type { Resolvers } from '../generated/resolvers.ts';
import { DataExport } from './DataExport.ts';
import { DataExportProgress } from './DataExportProgress.ts';
import { Media } from './Media.ts';
import { Mutation } from './Mutation.ts';
import { Query } from './Query.ts';
import { Subscription } from './Subscription.ts';

export const resolvers: Resolvers = {
  DateTime,
  Query,
  Mutation,
  Subscription,
  Media,
  DataExport,
  DataExportProgress,
};
