import { readEnv, serviceEnv } from '@socialhub/platform/config';
import * as z from 'zod';

/** What whoever runs SocialHub may choose, however it is run; the rest is where things are. */
export const operatorSettings = {
  /** For so many days a device that comes back hears what happened meanwhile; later it is told of a gap. */
  CHAT_EVENT_DAYS: z.coerce.number().int().min(1).max(3_650).default(90),
};

const schema = z.object({ ...serviceEnv, ...operatorSettings });

/** The chat service's settings; throws ConfigError with every fault. */
export const readConfig = (env: NodeJS.ProcessEnv) => readEnv(schema, env);

export type ChatConfig = ReturnType<typeof readConfig>;
