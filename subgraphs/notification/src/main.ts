import { run } from '@socialhub/platform/lifecycle/service';
import { readConfig } from './config.ts';
import { createNotificationService } from './service.ts';

await run(() => createNotificationService(readConfig(process.env)));
