import type { SubgraphContext } from '@socialhub/platform/subgraph/subgraph-context';
import type { UploadBounds } from './domain/limits.ts';
import type { ExportSettings } from './domain/request-data-export.ts';
import type { Client } from './store/client.ts';
import type { DataExportLog } from './store/data-exports.ts';
import { createLoaders, type Loaders } from './store/loaders.ts';
import type { Objects } from './store/objects.ts';

/** What every resolver finds. The loaders serve one moment, the rest lives as long as the service. */
export interface Context extends SubgraphContext<Client> {
  loaders: Loaders;
  objects: Objects;
  exportSettings: ExportSettings;
  uploadBounds: UploadBounds;
  /** Aborted when the service begins to stop. */
  stopping: AbortSignal;
  dataExportLog: DataExportLog;
}

export const createContext = (
  base: SubgraphContext<Client>,
  lasting: Pick<Context, 'objects' | 'exportSettings' | 'uploadBounds' | 'stopping' | 'dataExportLog'>,
): Context => ({ ...base, ...lasting, loaders: createLoaders(base) });
