import { readEnv, serviceEnv } from '@socialhub/platform/config';
import * as z from 'zod';

/** The chat service's settings; throws ConfigError with every fault. */
export const readConfig = (env: NodeJS.ProcessEnv) => readEnv(z.object(serviceEnv), env);

export type ChatConfig = ReturnType<typeof readConfig>;
