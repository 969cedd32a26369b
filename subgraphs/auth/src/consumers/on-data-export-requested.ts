import { dataExport } from '../domain/export-data.ts';

/** Sends this service's part of the archive, in the background. */
export const onDataExportRequested = dataExport.consumer;
