import { DataExportPart } from '@socialhub/platform/contracts/data-export';
import { consumer } from '@socialhub/platform/events/consumer';
import { takeExportPart } from '../domain/take-export-part.ts';
import type { Tx } from '../store/client.ts';

/** Keeps the piece until the archive is packed. */
export const onDataExportPart = consumer(DataExportPart, (tx: Tx, { data }) => takeExportPart(tx, data));
