import { run } from '@socialhub/platform/lifecycle/service';
import { readConfig } from './config.ts';
import { createAuthService } from './service.ts';

await run(() => createAuthService(readConfig(process.env)));
