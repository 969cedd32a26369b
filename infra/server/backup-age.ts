import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What is copied each night, and when the last copy that is whole was made; null: there is none. */
export type LastCopies = Readonly<Record<'database' | 'files', Date | null>>;

/** A night, and two hours for the copy. */
const latestMs = 26 * 3_600_000;

/** Copies of the database are called by the time of their end, and only those that are whole. */
const copyName = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/** Reads from the folder of the backups what was copied when. */
export async function findLastCopies(folder: string): Promise<LastCopies> {
  const names = (await readdir(join(folder, 'base')).catch(() => [])).filter((name) => copyName.test(name));
  const newest = names.sort().at(-1)?.replace(copyName, '$1-$2-$3T$4:$5:$6Z');
  const files = await readFile(join(folder, 'media/last'), 'utf8').catch(() => '');
  const time = (text: string | undefined) =>
    text && !Number.isNaN(Date.parse(text)) ? new Date(text) : null;
  return { database: time(newest), files: time(files.trim()) };
}

/** One sentence for each copy that is late. Who looks since a moment ago alone has not missed one that never was. */
export function lateCopies(last: LastCopies, lookingSince: Date, now: Date): string[] {
  return Object.entries(last).flatMap(([what, at]) => {
    if (now.getTime() - (at ?? lookingSince).getTime() <= latestMs) return [];
    return [
      at ? `The last backup of the ${what} is of ${at.toISOString()}.` : `There is no backup of the ${what}.`,
    ];
  });
}
