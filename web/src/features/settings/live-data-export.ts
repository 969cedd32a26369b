import type { Graph } from '../../graph/client.ts';
import { followStream } from '../../graph/follow-stream.ts';
import {
  DataExportDocument,
  type DataExportFragment,
  DataExportProgressDocument,
} from './generated/documents.ts';

/** Gives how far an archive is, each time that this changes. */
export const watchDataExport =
  (id: string) =>
  (graph: Graph, show: (archive: DataExportFragment) => void): (() => void) =>
    followStream(graph, {
      document: DataExportProgressDocument,
      variables: { id },
      eventOf: (data) => data.dataExportProgress,
      take: (event) => show(event.export),
      catchUp() {
        const asked = { fetchPolicy: 'no-cache', context: { overSocket: true } } as const;
        graph.client.query({ query: DataExportDocument, ...asked }).then(
          ({ data }) => {
            if (data?.dataExport?.id === id) show(data.dataExport);
          },
          // What the next event or connection tells anyhow.
          () => undefined,
        );
      },
    });
