import { requireViewer } from '@socialhub/platform/subgraph/subgraph-context';
import { awaitVerdict, findArrival } from '../domain/complete-upload.ts';
import { createUpload } from '../domain/create-upload.ts';
import { deleteMedia } from '../domain/delete-media.ts';
import { requireVisible } from '../domain/find-media.ts';
import { orderExamination } from '../domain/order-examination.ts';
import { requestDataExport } from '../domain/request-data-export.ts';
import { setAltText } from '../domain/set-alt-text.ts';
import type { MutationResolvers } from '../generated/resolvers.ts';

export const Mutation: MutationResolvers = {
  async createUpload(_root, { input }, context) {
    const viewer = requireViewer(context);
    const mediaId = await context.db.transaction((tx) =>
      createUpload(tx, viewer, input, context.uploadBounds),
    );
    const media = await requireVisible(context.loaders, mediaId);
    const ticket = await context.objects.signUpload(media.id, media.mimeType, media.byteSize);
    return { media, ticket };
  },
  async completeUpload(_root, { input }, context) {
    const viewer = requireViewer(context);
    const arrived = await findArrival(context, viewer, input.mediaId);
    if (arrived) await context.db.transaction((tx) => orderExamination(tx, arrived));
    return { media: await awaitVerdict(context, viewer, input.mediaId) };
  },
  async setAltText(_root, { input }, context) {
    const viewer = requireViewer(context);
    const mediaId = await context.db.transaction((tx) => setAltText(tx, viewer, input));
    return { media: await requireVisible(context.loaders, mediaId) };
  },
  async deleteMedia(_root, { input }, context) {
    const viewer = requireViewer(context);
    return { deletedId: await context.db.transaction((tx) => deleteMedia(tx, viewer, input.mediaId)) };
  },
  async requestDataExport(_root, { input }, context) {
    const viewer = requireViewer(context);
    const { db, exportSettings } = context;
    const exported = await db.transaction((tx) => requestDataExport(tx, viewer, input ?? {}, exportSettings));
    return { export: exported };
  },
};
