import { cursorCodec } from '@socialhub/platform/database/pagination';
import { badUserInput, notFound } from '@socialhub/platform/errors';
import { requireViewer, type SubgraphContext } from '@socialhub/platform/subgraph/subgraph-context';
import * as z from 'zod';
import type { Client } from '../store/client.ts';
import type { DataExportLog, DataExportRow } from '../store/data-exports.ts';
import type { Loaders } from '../store/loaders.ts';

const place = z.tuple([z.int().min(0)]);
const cursorsOf = ({ id, userId }: Pick<DataExportRow, 'id' | 'userId'>) =>
  cursorCodec('dataExportProgress', place, { viewerId: userId, of: id });

/** The cursor behind a state of an archive; no other archive takes it. */
export const progressCursor = (state: DataExportRow): string => cursorsOf(state).encode([state.version]);

/**
 * How an archive of the viewer's stands, at once unless it is as at the cursor, and then whenever that changes, until it
 * is READY or over. A state that another overtook before it was read is left out. Throws UNAUTHENTICATED, NOT_FOUND for
 * another's, BAD_USER_INPUT.
 */
export async function watchDataExport(
  context: Pick<SubgraphContext<Client>, 'viewer' | 'signal'> & {
    dataExportLog: DataExportLog;
    loaders: Loaders;
  },
  args: { id: string; after?: string | null },
): Promise<AsyncGenerator<DataExportRow>> {
  const { userId } = requireViewer(context);
  const { id } = args;
  const present = await context.loaders.dataExport.load(id);
  if (!present) throw notFound('Data export');
  const after = args.after == null ? 0 : cursorsOf({ id, userId }).decode('after', args.after)[0];
  if (after > present.version) throw badUserInput('after', 'is not a cursor of this list');
  return untilOver(
    context.dataExportLog.follow({ listener: id, after, signal: context.signal }),
    isOver(present) && after === present.version,
  );
}

const isOver = ({ status }: DataExportRow): boolean => status === 'READY' || status === 'EXPIRED';

async function* untilOver(
  states: AsyncGenerator<DataExportRow>,
  isOverAlready: boolean,
): AsyncGenerator<DataExportRow> {
  try {
    if (isOverAlready) return;
    for await (const state of states) {
      yield state;
      if (isOver(state)) return;
    }
  } finally {
    await states.return(undefined);
  }
}
