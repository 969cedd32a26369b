import { run } from '@socialhub/platform/lifecycle/service';
import { readConfig } from './config.ts';
import { createChatService } from './service.ts';

await run(() => createChatService(readConfig(process.env)));
