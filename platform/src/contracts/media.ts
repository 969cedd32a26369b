import * as z from 'zod';
import { defineEvent } from './contract.ts';

/** A file was examined and its variants exist: its owner may attach it. */
export const MediaReady = defineEvent({
  name: 'media_ready',
  version: 1,
  producer: 'media',
  data: z.object({ mediaId: z.uuid(), ownerId: z.uuid(), kind: z.enum(['IMAGE', 'VIDEO']) }),
  aggregate: (data) => data.mediaId,
});
