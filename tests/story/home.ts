import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StartOptions } from '@socialhub/local/options';
import { freePort } from '@socialhub/servers/ports';

const homes: string[] = [];

/** A new, empty home folder. */
export async function makeHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'socialhub-home-'));
  homes.push(home);
  return home;
}

/** Removes every home that was made here. */
export async function removeHomes(): Promise<void> {
  await Promise.all(homes.splice(0).map((home) => rm(home, { recursive: true, force: true })));
}

/** What `npm start` does with an empty environment, but without the web and the demo, on free ports. */
export async function startOptions(overrides: Partial<StartOptions> = {}): Promise<StartOptions> {
  return {
    // `npm run restore` tells the story on databases, and with the secrets, that were there before.
    home: process.env.STORY_HOME ?? (await makeHome()),
    gatewayPort: await freePort(),
    webPort: await freePort(),
    logLevel: 'info',
    web: false,
    demo: false,
    rabbitmq: false,
    processes: false,
    databaseUrl: process.env.STORY_DATABASE_URL,
    rabbitmqUrl: undefined,
    s3: undefined,
    ...overrides,
    // What a test changes is to be seen at once.
    operatorSettings: { web: { WEB_KEEP_PUBLIC_SECONDS: '0' }, ...overrides.operatorSettings },
  };
}
