import { readEnv, serviceEnv } from '@socialhub/platform/config';
import * as z from 'zod';

/** What whoever runs SocialHub may choose, however it is run; the rest is where things are. */
export const operatorSettings = {
  /** For so many days after it was told last a notification is kept. */
  NOTIFICATION_DAYS: z.coerce.number().int().min(1).max(3_650).default(365),
};

const schema = z.object({ ...serviceEnv, ...operatorSettings });

/** The notification service's settings; throws ConfigError with every fault. */
export const readConfig = (env: NodeJS.ProcessEnv) => readEnv(schema, env);

export type NotificationConfig = ReturnType<typeof readConfig>;
