import { run } from '@socialhub/platform/lifecycle/service';
import { readConfig } from './config.ts';
import { createMediaService } from './service.ts';

await run(() => createMediaService(readConfig(process.env)));
