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

/** Its owner took away what was ready, with all of its variants: nothing shows it any more, and nobody attaches it. */
export const MediaDeleted = defineEvent({
  name: 'media_deleted',
  version: 1,
  producer: 'media',
  data: z.object({ mediaId: z.uuid(), ownerId: z.uuid() }),
  aggregate: (data) => data.mediaId,
});
