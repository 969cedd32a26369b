import { run } from '@socialhub/platform/service';
import { createStandaloneGateway } from './standalone-gateway.ts';
import { readStandaloneOptions } from './standalone-options.ts';

await run(() => createStandaloneGateway(readStandaloneOptions(process.argv.slice(2), process.env)));
