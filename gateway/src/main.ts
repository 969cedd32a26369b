import { run } from '@socialhub/platform/lifecycle/service';
import { readConfig } from './config.ts';
import { createGateway } from './service.ts';

await run(() => createGateway(readConfig(process.env)));
