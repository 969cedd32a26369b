import { join } from 'node:path';
import { type System, startSystem } from '@socialhub/local/system';
import type { NodeType } from '@socialhub/platform/global-ids/node-types';
import { uuidv7 } from '@socialhub/platform/ids';
import { gid } from '@socialhub/platform/testing/gid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loggedErrors } from './access/cast.ts';
import { nodeTypeNames } from './access/nodes.ts';
import { type Phone, phone } from './story/client.ts';
import { removeHomes, startOptions } from './story/home.ts';
import { type Person, register } from './story/people.ts';

// What `node` and `nodes` answer for an id that is well-formed and names nothing.

let system: System;
let ann: Person;

beforeAll(async () => {
  system = await startSystem(await startOptions());
  ann = await register(system.gatewayUrl, 'Ann');
}, 120_000);
afterAll(async () => {
  await system?.stop();
  await removeHomes();
}, 60_000);

/** Of each type a field that may be null, one that may not, and something of another service's where there is such a thing. */
const fields: Readonly<Record<NodeType, readonly string[]>> = {
  Account: ['recoveryCodesLeft', 'email', 'user { username }'],
  Session: ['userAgent', 'current'],
  Passkey: ['lastUsedAt', 'name'],
  AuditEntry: ['reason', 'action', 'actor { username }'],
  User: ['bio', 'username', 'postCount'],
  Post: ['contentWarning', 'text', 'author { username }'],
  Comment: ['deletedAt', 'text', 'author { username }'],
  Media: ['url', 'status', 'thumbnail: url(variant: THUMBNAIL)'],
  DataExport: ['readyAt', 'status'],
  Notification: ['readAt', 'type', 'actors { username }'],
  Conversation: ['title', 'kind', 'lastMessage { text }'],
  Message: ['editedAt', 'text', 'sender { username }'],
};

/** What one finds by the id with each selection, alone and among others: the same, or this test fails. */
async function found(who: Phone, id: string, selections: readonly string[]): Promise<unknown[]> {
  const asked = selections.map(
    (selection, n) => `one${n}: node(id: $id) { ${selection} } many${n}: nodes(ids: $ids) { ${selection} }`,
  );
  const query = `query ($id: ID!, $ids: [ID!]!) { ${asked.join(' ')} }`;
  const data = await who.ask(query, { id, ids: [ann.id, id] });
  return selections.map((_selection, n) => {
    expect(data[`many${n}`][1]).toEqual(data[`one${n}`]);
    return data[`one${n}`];
  });
}

describe.each(nodeTypeNames)('the id of a %s that is not there', (type) => {
  const id = gid(type, uuidv7());
  const askers = () => [ann, phone(system.gatewayUrl)];

  it('is null whatever one asks for beyond the id', async () => {
    const selections = fields[type].flatMap((field) => [
      `... on ${type} { ${field} }`,
      `id __typename ... on ${type} { ${field} }`,
    ]);
    for (const who of askers()) {
      expect(await found(who, id, selections)).toEqual(selections.map(() => null));
    }
  });

  it('is given back where one asks for no more than the id, unless it is a person’s', async () => {
    const echo = type === 'User' ? null : { id, __typename: type };
    for (const who of askers()) expect(await found(who, id, ['id __typename'])).toEqual([echo]);
  });
});

it('nobody logs a fault for it', async () => {
  expect(await loggedErrors(join(system.logDir, 'socialhub.log'))).toEqual([]);
});
