import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A block of code in the documentation. */
export interface Example {
  /** Where it stands: `docs/api/clients.md › urql`; a second one below the same heading has ` (2)` behind it. */
  place: string;
  language: string;
  code: string;
}

const written = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];

/** Every block of code in the project's documents, of which there is nothing else to copy from. */
export function documentedExamples(): Example[] {
  const documents = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`);
  return [...written, ...documents.sort()].flatMap((file) =>
    examplesIn(file, readFileSync(join(root, file), 'utf8')),
  );
}

export function examplesIn(file: string, text: string): Example[] {
  const examples: Example[] = [];
  const seen = new Map<string, number>();
  let heading = '';
  let open: { fence: string; language: string; lines: string[] } | undefined;
  for (const line of text.split('\n')) {
    const fence = /^(`{3,})(.*)$/.exec(line);
    if (open) {
      if (fence?.[1] !== open.fence || fence[2]?.trim()) {
        open.lines.push(line);
        continue;
      }
      const place = `${file} › ${heading}`;
      const count = (seen.get(place) ?? 0) + 1;
      seen.set(place, count);
      examples.push({
        place: count === 1 ? place : `${place} (${count})`,
        language: open.language,
        code: open.lines.join('\n'),
      });
      open = undefined;
    } else if (fence) {
      open = { fence: fence[1] ?? '', language: fence[2]?.trim() ?? '', lines: [] };
    } else {
      // In the README some begin with a name in bold instead.
      heading = /^#+ (.*)$/.exec(line)?.[1] ?? /^\*\*(.+?)\*\*/.exec(line)?.[1] ?? heading;
    }
  }
  return examples;
}
