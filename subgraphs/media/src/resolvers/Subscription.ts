import { watchDataExport } from '../domain/watch-data-export.ts';
import type { SubscriptionResolvers } from '../generated/resolvers.ts';
import type { DataExportRow } from '../store/data-exports.ts';

export const Subscription: SubscriptionResolvers = {
  dataExportProgress: {
    subscribe: (_root, args, context) => watchDataExport(context, args),
    resolve: (state: DataExportRow) => state,
  },
};
