import { join } from 'node:path';
import { build } from 'rolldown';

/*
 * Writes web/server.ts with all that it imports, but Next, as one file: what the web's image runs beside Next's standalone output, which holds
 * the packages of pages alone.
 */

const [output = ''] = process.argv.slice(2);

// Of what the standalone output holds there is no next.config.ts, and nothing that compiles one: as Next's own server does there,
// it is read as it was built.
const configAsBuilt = `import { readFileSync as readBuilt } from 'node:fs';
process.env.__NEXT_PRIVATE_STANDALONE_CONFIG ??= JSON.stringify(
  JSON.parse(readBuilt(new URL('.next/required-server-files.json', import.meta.url), 'utf8')).config,
);`;

await build({
  input: join(import.meta.dirname, '../../web/server.ts'),
  platform: 'node',
  external: [/^next(\/|$)/],
  output: { file: output, format: 'esm', banner: configAsBuilt, codeSplitting: false },
  logLevel: 'warn',
});
