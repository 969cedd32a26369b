import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

/*
 * Of the texts in src/i18n/<language>/<room>.json: each language compiled, so that nothing parses them while pages are made, and the
 * type of the English ones, by which keys and their values are checked.
 */

const folder = join(import.meta.dirname, 'src/i18n');

type Rooms = Record<string, Record<string, string>>;

async function readLanguage(language: string): Promise<Rooms> {
  const files = globSync(`${language}/*.json`, { cwd: folder }).sort();
  const rooms = files.map(async (file) => {
    const text = await readFile(join(folder, file), 'utf8');
    return [basename(file, '.json'), JSON.parse(text) as Record<string, string>] as const;
  });
  return Object.fromEntries(await Promise.all(rooms));
}

/** Kinds of nodes that translator.ts knows: choices by plural, and numbers. */
const kinds: readonly unknown[] = [2, 4];

/** Throws for what translator.ts does not tell: choices by name, ordinals, dates, and numbers with a style. */
function check(message: unknown): void {
  if (!Array.isArray(message)) return;
  for (const node of message) {
    if (!Array.isArray(node)) continue;
    const [name, kind, more] = node;
    if (typeof kind !== 'number' || kind === 0) check(node.slice(1));
    else if (!kinds.includes(kind) || (kind === 4 && more !== undefined))
      throw new Error(`{${name}} is of a kind that pages do not tell`);
    else if (kind === 2) for (const branch of Object.values(more)) check(branch);
  }
}

async function compiled(rooms: Rooms): Promise<string> {
  const { default: compile } = await import('icu-minify/compile');
  const ofRoom = (room: string, texts: Record<string, string>) =>
    Object.entries(texts).map(([key, text]) => {
      try {
        const message = compile(text);
        check(message);
        return [key, message];
      } catch (error) {
        throw new Error(`${room}.${key} is no ICU message: ${(error as Error).message}`);
      }
    });
  const all = Object.entries(rooms).map(([room, texts]) => [room, Object.fromEntries(ofRoom(room, texts))]);
  return `const texts: object = ${JSON.stringify(Object.fromEntries(all))};\nexport default texts;\n`;
}

/** The files that are made of the texts: where, of what, and how. */
export async function textParts(): Promise<
  { output: string; inputs: string[]; make: () => Promise<string> }[]
> {
  const languages = await Promise.all(
    ['en', 'de'].map(async (language) => ({ language, rooms: await readLanguage(language) })),
  );
  const english = languages[0]?.rooms ?? {};
  const own = await readFile(import.meta.filename, 'utf8');
  return [
    ...languages.map(({ language, rooms }) => ({
      output: join(folder, `generated/${language}.ts`),
      inputs: [own, JSON.stringify(rooms)],
      make: () => compiled(rooms),
    })),
    {
      output: join(folder, 'generated/texts.ts'),
      inputs: [own, JSON.stringify(english)],
      make: async () => `export interface Texts ${JSON.stringify(english, null, 2)}\n`,
    },
  ];
}
