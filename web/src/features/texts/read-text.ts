import 'server-only';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Language } from '../../i18n/languages.ts';

export type TextName = 'about' | 'rules' | 'terms' | 'privacy';

/** Reads the first of files that is there. */
async function readFirst([path, ...others]: string[]): Promise<string> {
  if (path === undefined) throw new Error('none of the texts is there');
  return readFile(path, 'utf8').catch(() => readFirst(others));
}

/**
 * Reads a text as whoever runs this site wrote it, in a language (`about.de.md`) or in the one that they wrote it in (`about.md`);
 * else the one that comes with the web.
 */
export async function readText(name: TextName, language: Language): Promise<string> {
  const own = process.env.WEB_TEXTS;
  const folders = [...(own ? [own] : []), join(process.cwd(), 'texts')];
  return readFirst(
    folders.flatMap((folder) => [join(folder, `${name}.${language}.md`), join(folder, `${name}.md`)]),
  );
}
