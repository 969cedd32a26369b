import { run } from '@socialhub/platform/lifecycle/service';
import { readConfig } from './config.ts';
import { createPostService } from './service.ts';

await run(() => createPostService(readConfig(process.env)));
