import { progressCursor } from '../domain/watch-data-export.ts';
import type { DataExportProgressResolvers } from '../generated/resolvers.ts';

export const DataExportProgress: DataExportProgressResolvers = {
  cursor: progressCursor,
  export: (state) => state,
};
