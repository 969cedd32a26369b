import * as z from 'zod';
import { defineEvent } from './contract.ts';
import { serviceNames } from './services.ts';

/** Somebody wants an archive of all their data: every service sends its part. */
export const DataExportRequested = defineEvent({
  name: 'data_export_requested',
  version: 1,
  producer: 'media',
  data: z.object({ exportId: z.uuid(), userId: z.uuid() }),
  aggregate: (data) => data.exportId,
});

/**
 * A piece of a service's part, number `index` from 0 on: rows of one file of the archive, one JSON text a line. The
 * `last` one may be empty.
 */
export const DataExportPart = defineEvent({
  name: 'data_export_part',
  version: 1,
  producer: serviceNames,
  data: z.object({
    exportId: z.uuid(),
    service: z.enum(serviceNames),
    index: z.int().min(0),
    file: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
    rows: z.int().min(0),
    lines: z.string(),
    last: z.boolean(),
  }),
  aggregate: (data) => `${data.exportId}:${data.service}`,
});

/** The archive can be fetched until it expires. */
export const DataExportReady = defineEvent({
  name: 'data_export_ready',
  version: 1,
  producer: 'media',
  data: z.object({ exportId: z.uuid(), userId: z.uuid(), expiresAt: z.iso.datetime() }),
  aggregate: (data) => data.exportId,
});
