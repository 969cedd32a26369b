import 'server-only';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export type TextName = 'about' | 'rules' | 'terms' | 'privacy';

/** Reads a text as whoever runs this site wrote it, else the one that comes with the web. */
export async function readText(name: TextName): Promise<string> {
  const own = process.env.WEB_TEXTS;
  const preset = join(process.cwd(), 'texts', `${name}.md`);
  if (!own) return readFile(preset, 'utf8');
  return readFile(join(own, `${name}.md`), 'utf8').catch(() => readFile(preset, 'utf8'));
}
