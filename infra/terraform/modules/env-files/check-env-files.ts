import { closeSync, existsSync, fstatSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { processNames, readProcess } from '../../../checks/terraform/configs.ts';
import { envFileFaults, maxBytes } from './env-file.ts';

/**
 * Checks the <process>.env files of a folder: `node check-env-files.ts <folder>`. Terraform calls it without one and
 * writes `{"folder": ..., "taken": ...}` to its input, the latter being JSON: the variables of each process that it sets itself.
 * Answers with the text of each file, so that what is uploaded is what was checked, or ends with 1 and every fault.
 */

/** Reads a folder; where there is none there are no files. Throws an Error whose lines are the faults. */
export async function checkEnvFiles(
  folder: string,
  taken: Readonly<Record<string, readonly string[]>> = {},
): Promise<Record<string, string>> {
  if (!existsSync(folder)) return {};
  const faults: string[] = [];
  const texts: Record<string, string> = {};
  for (const file of readdirSync(folder).sort()) {
    const name = processNames.find((process) => file === `${process}.env`);
    if (!name || name === 'web' || name === 'prepare') {
      faults.push(`${file}: no process has a file of that name`);
      continue;
    }
    const { content, mode } = readOpened(join(folder, file));
    const { chosen } = await readProcess(name);
    faults.push(
      ...envFileFaults(content, mode, chosen, new Set(taken[name])).map((fault) => `${file}: ${fault}`),
    );
    texts[name] = content.toString('utf8');
  }
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return texts;
}

// Size and rights are those of what is read, and of something large no more is read than shows that it is.
function readOpened(path: string): { content: Buffer; mode: number } {
  const file = openSync(path, 'r');
  try {
    const { size, mode } = fstatSync(file);
    return { content: size > maxBytes ? Buffer.alloc(maxBytes + 1) : readFileSync(file), mode };
  } finally {
    closeSync(file);
  }
}

if (import.meta.main) {
  try {
    const [given] = process.argv.slice(2);
    const asked = given ? { folder: given, taken: '{}' } : JSON.parse(await text(process.stdin));
    const texts = await checkEnvFiles(asked.folder, JSON.parse(asked.taken));
    // Whoever asks by hand has the texts.
    process.stdout.write(`${given ? `fine: ${Object.keys(texts).join(', ')}` : JSON.stringify(texts)}\n`);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
