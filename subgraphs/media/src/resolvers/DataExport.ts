import { serviceNames } from '@socialhub/platform/contracts/services';
import type { DataExportResolvers } from '../generated/resolvers.ts';
import { countFinishedParts } from '../store/data-exports.ts';

export const DataExport: DataExportResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.dataExport.load(id),
  byteSize: ({ byteSize }) => (byteSize === null ? null : Number(byteSize)),
  partsDone: ({ id, status }, _args, { db }) =>
    status === 'GATHERING' ? countFinishedParts(db.prisma, id) : serviceNames.length,
  partsTotal: () => serviceNames.length,
  url: ({ id, status, requestedAt }, _args, { objects }) =>
    status === 'READY' ? objects.signArchive(id, requestedAt) : null,
};
