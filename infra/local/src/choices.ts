import { choices as auth } from '@socialhub/auth/config';
import { choices as gateway } from '@socialhub/gateway/config';
import { choices as media } from '@socialhub/media/config';
import type * as z from 'zod';
import { choices as web } from '../../../web/config.ts';
import type { Runnable } from './layout.ts';

/** Variables for each service, as they were written. */
export type Choices = Partial<Record<Runnable | 'web', Record<string, string>>>;

const choices = { auth, gateway, media, web };

/** Of all services: who starts them names every fault before the first of them runs. */
export const allChoices = { ...auth, ...gateway, ...media, ...web };

/** What `env` says of the choices that each service leaves, by value or by `NAME_FILE`: nothing else of it reaches a service. */
export const choicesMade = (env: NodeJS.ProcessEnv): Choices =>
  Object.fromEntries(Object.entries(choices).map(([service, shape]) => [service, pick(shape, env)] as const));

function pick(shape: z.ZodRawShape, env: NodeJS.ProcessEnv): Record<string, string> {
  const names = Object.keys(shape).flatMap((name) => [name, `${name}_FILE`]);
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = env[name];
      return value ? [[name, value] as const] : [];
    }),
  );
}
