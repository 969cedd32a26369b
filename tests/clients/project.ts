import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** A folder as somebody has it who writes a client: their files, and the packages that are installed here. */
export async function makeProject(files: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(join(tmpdir(), 'socialhub-client-'));
  await symlink(modules, join(folder, 'node_modules'));
  const write = async (name: string, text: string) => {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  };
  for (const [name, text] of Object.entries(files)) await write(name, text);
  return {
    folder,
    write,
    /** Runs a script of a package; gives what it said and whether it was content. */
    async run(script: string, ...args: string[]): Promise<{ isContent: boolean; said: string }> {
      const command = [join(modules, script), ...args];
      return promisify(execFile)(process.execPath, command, { cwd: folder, timeout: 60_000 }).then(
        ({ stdout, stderr }) => ({ isContent: true, said: stdout + stderr }),
        ({ stdout = '', stderr = '', message }) => ({
          isContent: false,
          said: `${stdout}${stderr}` || message,
        }),
      );
    },
    remove: () => rm(folder, { recursive: true }),
  };
}

/** For TypeScript as most clients have it. */
export const tsconfig = (file: string): string =>
  JSON.stringify({
    compilerOptions: {
      target: 'es2022',
      module: 'preserve',
      moduleResolution: 'bundler',
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      types: [],
    },
    files: [file],
  });

export const tsc = 'typescript/bin/tsc';
