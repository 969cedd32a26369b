import { DataExportPart, DataExportRequested } from '../contracts/data-export.ts';
import { uuidv7 } from '../ids.ts';
import type { TestService } from './test-service.ts';
import { until } from './until.ts';

/** What a service adds to the archive of somebody's data, by file. */
export async function exported(
  service: Pick<TestService, 'emit' | 'published'>,
  userId: string,
): Promise<Record<string, Record<string, unknown>[]>> {
  const exportId = uuidv7();
  await service.emit(DataExportRequested, { exportId, userId });
  const parts = await until(
    async () => {
      const mine = (await service.published(DataExportPart)).filter((part) => part.exportId === exportId);
      return mine.some((part) => part.last) && mine;
    },
    { timeoutMs: 20_000, what: 'the last part' },
  );
  const files: Record<string, Record<string, unknown>[]> = {};
  for (const { file, lines } of parts) {
    files[file] ??= [];
    for (const line of lines.split('\n')) if (line) files[file].push(JSON.parse(line));
  }
  return files;
}
