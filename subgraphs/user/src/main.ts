import { run } from '@socialhub/platform/lifecycle/service';
import { readConfig } from './config.ts';
import { createUserService } from './service.ts';

await run(() => createUserService(readConfig(process.env)));
