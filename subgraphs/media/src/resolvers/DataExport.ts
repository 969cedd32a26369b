import { serviceNames } from '@socialhub/platform/contracts/services';
import type { DataExportResolvers } from '../generated/resolvers.ts';
import { countGatheredParts } from '../store/data-exports.ts';

export const DataExport: DataExportResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.dataExport.load(id),
  byteSize: ({ byteSize }) => (byteSize === null ? null : Number(byteSize)),
  partsDone: async ({ id, status }, _args, { db }) =>
    (status === 'GATHERING' ? await countGatheredParts(db.prisma, id) : null) ?? serviceNames.length,
  partsTotal: () => serviceNames.length,
  url: ({ id, status, requestedAt }, _args, { objects }) =>
    status === 'READY' ? objects.signArchive(id, requestedAt) : null,
};
