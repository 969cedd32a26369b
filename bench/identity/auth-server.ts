import { createInProcessBroker } from '@socialhub/platform/events/in-process-broker';
import { createLogger } from '@socialhub/platform/log';
import { createAuthService, readConfig } from '../../subgraphs/auth/src/service.ts';

/** The auth service alone, with events that stay in its process. Writes its address. */
const log = createLogger({ service: 'auth', level: 'error' });
const broker = createInProcessBroker({ log, services: ['auth'] });
const { url } = await createAuthService(readConfig(process.env), { broker, log }).start();
process.stdout.write(`listens at ${url}\n`);
