import { operatorSettings as auth } from '@socialhub/auth/config';
import { operatorSettings as chat } from '@socialhub/chat/config';
import { operatorSettings as gateway } from '@socialhub/gateway/config';
import { operatorSettings as media } from '@socialhub/media/config';
import { operatorSettings as notification } from '@socialhub/notification/config';
import type * as z from 'zod';
import { operatorSettings as web } from '../../../web/config.ts';
import type { Runnable } from './layout.ts';

/** Variables for each service, as they were written. */
export type OperatorSettings = Partial<Record<Runnable | 'web', Record<string, string>>>;

const operatorSettings = { auth, chat, gateway, media, notification, web };

/** Of all services: who starts them names every fault before the first of them runs. */
export const allOperatorSettings = { ...auth, ...chat, ...gateway, ...media, ...notification, ...web };

/** What `env` says of the settings that each service leaves to it, by value or by `NAME_FILE`: nothing else of it reaches a service. */
export const operatorSettingsIn = (env: NodeJS.ProcessEnv): OperatorSettings =>
  Object.fromEntries(
    Object.entries(operatorSettings).map(([service, shape]) => [service, pick(shape, env)] as const),
  );

function pick(shape: z.ZodRawShape, env: NodeJS.ProcessEnv): Record<string, string> {
  const names = Object.keys(shape).flatMap((name) => [name, `${name}_FILE`]);
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = env[name];
      return value ? [[name, value] as const] : [];
    }),
  );
}
