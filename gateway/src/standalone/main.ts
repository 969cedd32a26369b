import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// Most of a start is stripping types and compiling: the next one reads the outcome.
enableCompileCache(fileURLToPath(new URL('../../../node_modules/.cache/node', import.meta.url)));
const [{ run }, { createStandaloneGateway }, { readStandaloneOptions }] = await Promise.all([
  import('@socialhub/platform/lifecycle/service'),
  import('./gateway.ts'),
  import('./options.ts'),
]);

await run(() => createStandaloneGateway(readStandaloneOptions(process.argv.slice(2), process.env)));
