import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseAst } from 'rolldown/parseAst';

/*
 * What people read on the web is in web/src/i18n/, once for each language: `npm run check` names a text that a language lacks, one that
 * takes a value which the English one does not, one that nobody uses, and words that stand in a component.
 */

type Rooms = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What has not been moved into the texts yet: begins of paths. It only gets shorter. */
const notMoved: readonly string[] = [];

const branches = /\b(?:zero|one|two|few|many|other)\s*\{\w+\}/g;
const valuesIn = (text: string): string[] =>
  [...text.replace(branches, '').matchAll(/[{<](\w+)\s*[,}>]/g)].map(([, name = '']) => name);

/** One sentence for each text that one language has and another has not, or has otherwise. */
export function languageFaults(languages: Readonly<Record<string, Rooms>>): string[] {
  const all = Object.entries(languages);
  return all.flatMap(([language, rooms]) =>
    all.flatMap(([other, others]) =>
      other === language
        ? []
        : Object.entries(others).flatMap(([room, texts]) =>
            Object.keys(texts)
              .filter((key) => rooms[room]?.[key] === undefined)
              .map((key) => `${language}/${room}.json lacks ${key}, which is in ${other}`),
          ),
    ),
  );
}

/** One sentence for each value that a text takes and the English one does not: nobody gives it. */
export function valueFaults(english: Rooms, language: string, rooms: Rooms): string[] {
  return Object.entries(rooms).flatMap(([room, texts]) =>
    Object.entries(texts).flatMap(([key, text]) => {
      const known = new Set(valuesIn(english[room]?.[key] ?? ''));
      const unknown = valuesIn(text).filter((name) => !known.has(name));
      return unknown.map(
        (name) => `${language}/${room}.json: ${key} takes ${name}, which the English text does not`,
      );
    }),
  );
}

interface Node {
  type: string;
  [field: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

function* nodesOf(node: Node): Generator<Node> {
  yield node;
  for (const value of Object.values(node)) {
    for (const one of Array.isArray(value) ? value : [value]) if (isNode(one)) yield* nodesOf(one);
  }
}

/** The attributes whose texts people read or hear. */
const read = new Set([
  'aria-label',
  'aria-description',
  'alt',
  'placeholder',
  'title',
  'label',
  'hint',
  'waiting',
]);
// Product and markup: what has no letters, or is the same in every language.
const isWords = (text: unknown): text is string =>
  typeof text === 'string' && /\p{L}{2}/u.test(text.replace(/SocialHub|https?:\S+/g, ''));

/** The texts of an expression that is shown: of a choice each of its ends. */
function textsOf(node: Node | null | undefined): string[] {
  switch (node?.type) {
    case 'Literal':
      return [String(node.value)];
    case 'TemplateLiteral':
      return (node.quasis as { value: { raw: string } }[]).map(({ value }) => value.raw);
    case 'ConditionalExpression':
      return [...textsOf(node.consequent as Node), ...textsOf(node.alternate as Node)];
    case 'LogicalExpression':
      return textsOf(node.right as Node);
    case 'JSXExpressionContainer':
      return textsOf(node.expression as Node);
    default:
      return [];
  }
}

/** One sentence for each text that stands in a component. */
export function componentFaults(file: string, source: string): string[] {
  const said = (text: string) => `${file} says ${JSON.stringify(text.trim().slice(0, 60))} itself`;
  const faults: string[] = [];
  for (const node of nodesOf(parseAst(source, { lang: 'tsx' }) as unknown as Node)) {
    if (node.type === 'JSXText' && isWords(node.value)) faults.push(said(node.value));
    if (node.type === 'JSXElement' || node.type === 'JSXFragment') {
      for (const child of node.children as Node[]) {
        if (child.type === 'JSXExpressionContainer') faults.push(...textsOf(child).filter(isWords).map(said));
      }
    }
    if (node.type === 'JSXAttribute' && read.has(String((node.name as Node).name))) {
      faults.push(
        ...textsOf(node.value as Node)
          .filter(isWords)
          .map(said),
      );
    }
  }
  return faults;
}

const whole = /i18n\/\w+\/(\w+)\.json'/g;
const used = /\b(?:useTexts|textsNow|titled)\(\s*'(\w+)'|\bTextsOf<'(\w+)'>/g;
const names = /'([\w.-]+)'|`([\w.-]*)\$\{|\b(\w+):/g;

/** One sentence for each text that no file asks for: one that asks for the texts of its room names its key, or the beginning of it; one that imports the room takes all. */
export function unusedFaults(rooms: Rooms, sources: readonly string[]): string[] {
  const keys = new Map<string, Set<string>>();
  const begins = new Map<string, string[]>();
  const taken = new Set(sources.flatMap((source) => [...source.matchAll(whole)].map(([, room]) => room)));
  for (const source of sources) {
    const asked = new Set([...source.matchAll(used)].map(([, by, of]) => by ?? of ?? ''));
    for (const room of asked) {
      for (const [, key, begin, field] of source.matchAll(names)) {
        if (begin) begins.set(room, [...(begins.get(room) ?? []), begin]);
        const name = key ?? field;
        if (name !== undefined) keys.set(room, (keys.get(room) ?? new Set()).add(name));
      }
    }
  }
  return Object.entries(rooms).flatMap(([room, texts]) =>
    Object.keys(texts)
      .filter((key) => !taken.has(room) && !keys.get(room)?.has(key))
      .filter((key) => !begins.get(room)?.some((begin) => key.startsWith(begin)))
      .map((key) => `Nobody uses ${key} of ${room}.json`),
  );
}

function readRooms(folder: string): Rooms {
  const files = globSync('*.json', { cwd: folder });
  return Object.fromEntries(
    files.map((file) => [basename(file, '.json'), JSON.parse(readFileSync(join(folder, file), 'utf8'))]),
  );
}

if (import.meta.main) {
  const web = join(import.meta.dirname, '../../web');
  const texts = join(web, 'src/i18n');
  const languages = { en: readRooms(join(texts, 'en')), de: readRooms(join(texts, 'de')) };
  const files = globSync('src/**/*.{ts,tsx}', { cwd: web }).filter(
    (file) => !/generated|\.test\./.test(file),
  );
  const sources = files.map((file) => [file, readFileSync(join(web, file), 'utf8')] as const);
  const faults = [
    ...languageFaults(languages),
    ...valueFaults(languages.en, 'de', languages.de),
    ...unusedFaults(
      languages.en,
      sources.map(([, source]) => source),
    ),
    ...sources
      .filter(([file]) => file.endsWith('.tsx') && !notMoved.some((begin) => file.startsWith(`src/${begin}`)))
      .flatMap(([file, source]) => componentFaults(file, source)),
  ];
  for (const line of faults) process.stderr.write(`${line}\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
