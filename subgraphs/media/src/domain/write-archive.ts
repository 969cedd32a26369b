import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Database } from '@socialhub/platform/database/database';
import { ZipFile } from 'yazl';
import type { Client } from '../store/client.ts';
import { type DataExportRow, findExportPartAfter, listExportFiles } from '../store/data-exports.ts';
import { listReadyMediaOf } from '../store/export.ts';
import type { Objects } from '../store/objects.ts';
import { publishedVariant } from './variants.ts';

const mediaPage = 200;

interface ArchiveDeps {
  db: Database<Client>;
  objects: Objects;
  signal: AbortSignal;
}

/**
 * Writes the archive of a person's data to a file: a JSON file for each kind of row, by service, and what they uploaded.
 * Holds one piece, and one stretch of a file, in memory at a time.
 */
export async function writeArchive(deps: ArchiveDeps, wanted: DataExportRow, path: string): Promise<void> {
  const zip = new ZipFile();
  const failed = new Promise<never>((_, reject) => zip.on('error', reject));
  const written = pipeline(zip.outputStream, createWriteStream(path, { mode: 0o600 }), {
    signal: deps.signal,
  });
  // Whichever is first is thrown below; the other is of no interest any more.
  failed.catch(() => undefined);
  written.catch(() => undefined);
  const files = await listExportFiles(deps.db.prisma, wanted.id);
  const about = {
    exportId: wanted.id,
    userId: wanted.userId,
    requestedAt: wanted.requestedAt,
    files: files.map(({ service, file, rows }) => ({ path: `${service}/${file}.json`, rows })),
  };
  zip.addBuffer(Buffer.from(`${JSON.stringify(about, null, 2)}\n`), 'archive.json');
  for (const one of files) {
    zip.addReadStreamLazy(`${one.service}/${one.file}.json`, (give) =>
      give(null, Readable.from(jsonOf(deps, wanted.id, one))),
    );
  }
  for await (const media of readyMediaOf(deps, wanted.userId)) {
    const original = publishedVariant(media, 'ORIGINAL');
    if (!original) continue;
    const name = `media/files/${media.id}${/\.\w+$/.exec(original.key)?.[0] ?? ''}`;
    zip.addReadStreamLazy(name, { compress: false, mtime: media.createdAt }, (give) => {
      // A file that the storage has lost must not keep the rest from its owner.
      deps.objects.readPublished(original.key).then(
        (body) => give(null, body ?? Readable.from([])),
        (error: Error) => give(error, Readable.from([])),
      );
    });
  }
  zip.end();
  await Promise.race([written, failed]);
}

/** The rows of a file as one JSON array, a row a line. */
async function* jsonOf(
  { db }: ArchiveDeps,
  exportId: string,
  file: { service: string; file: string },
): AsyncGenerator<string> {
  let separator = '[\n';
  let index = -1;
  for (;;) {
    const part = await findExportPartAfter(db.prisma, exportId, file, index);
    if (!part) break;
    index = part.index;
    if (part.rows === 0) continue;
    yield separator + part.lines.replaceAll('\n', ',\n');
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}

async function* readyMediaOf({ db }: ArchiveDeps, userId: string) {
  let after: string | null = null;
  for (;;) {
    const page = await listReadyMediaOf(db.prisma, userId, after, mediaPage);
    yield* page;
    after = page.at(-1)?.id ?? null;
    if (page.length < mediaPage) return;
  }
}
