import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loggedErrors } from '../access/cast.ts';
import { removeHomes } from '../story/home.ts';
import { apollo } from './apollo.ts';
import { relay } from './relay.ts';
import { typedDocuments } from './typed-documents.ts';
import { urql } from './urql.ts';
import { startWorld, type World } from './world.ts';

// The libraries that people write clients with, as they are published, before the gateway as it runs.

let world: World;
const getWorld = () => world;

beforeAll(async () => {
  world = await startWorld();
}, 120_000);
afterAll(async () => {
  await world?.system.stop();
  await removeHomes();
}, 60_000);

relay(getWorld);
urql(getWorld);
apollo(getWorld);
typedDocuments(getWorld);

test('none of them has made the system log a fault', async () => {
  expect(await loggedErrors(join(world.system.logDir, 'socialhub.log'))).toEqual([]);
});
