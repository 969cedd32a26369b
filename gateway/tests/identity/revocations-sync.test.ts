import { expectError, until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createRevokedTokens } from '../../src/identity/revoked-tokens.ts';
import { otherUserId, startGateway, type TestGateway, userId } from '../fixture/gateway.ts';
import { type FixtureGraph, startGraph } from '../fixture/graph.ts';

let graph: FixtureGraph;
let gateway: TestGateway;

beforeAll(async () => {
  graph = await startGraph();
  gateway = await startGateway(graph.all, {}, undefined, { everyMs: 200, blindAfterMs: 500 });
});
beforeEach(() => until(() => graph.feed.listeners() === 0, { what: 'every earlier subscription is closed' }));
afterAll(async () => {
  await gateway?.stop();
  await graph?.stop();
});

const ask = (token: string) => gateway.query('{ viewer { id } }', { token });
const statusOf = async (token: string) => (await ask(token)).status;

/** An open subscription with this token; tells with which code its socket was closed. */
async function watch(token: string) {
  const before = graph.feed.listeners();
  const closed: { code?: number } = {};
  const client = gateway.socket({ token, onClosed: ({ code }) => Object.assign(closed, { code }) });
  const sink = { next: () => undefined, error: () => undefined, complete: () => undefined };
  const stop = client.subscribe({ query: 'subscription { mine { cursor } }' }, sink);
  await until(() => graph.feed.listeners() > before);
  return { closed, stop };
}

test.each<[string, Record<string, string>, () => unknown]>([
  ['a session ended', { sid: 'unheard' }, () => gateway.ended.push('unheard')],
  ['a role changed', { role: 'MODERATOR' }, () => gateway.roles.push({ userId, role: 'MEMBER' })],
])('%s and its signal was lost: a gateway that stayed connected finds out', async (_what, claims, happen) => {
  const token = await gateway.token({ claims });
  const bystander = await gateway.token({ claims: { sid: 'calm', sub: otherUserId } });
  const [{ closed }, calm] = [await watch(token), await watch(bystander)];
  expect(await statusOf(token)).toBe(200);
  happen();
  await until(() => closed.code);
  expect(closed.code).toBe(4403);
  expect(await statusOf(token)).toBe(401);
  expect([calm.closed, await statusOf(bystander)]).toEqual([{}, 200]);
  calm.stop();
});

test('it asks for everything once, and from then on for what is new', async () => {
  const { revocationRequests } = gateway;
  expect(revocationRequests[0]).toBe('/revocations');
  await until(() => revocationRequests.length > 2);
  const seconds = revocationRequests
    .slice(1)
    .map((url) => Number(/^\/revocations\?seconds=(\d+)$/.exec(url)?.[1]));
  for (const one of seconds) expect(one).toBeLessThan(60);
});

test('without the auth service it goes on while signals come, and takes nobody when neither is there', async () => {
  const token = await gateway.token({ claims: { sid: 'blind' } });
  const { closed } = await watch(token);
  const asked = () => gateway.revocationRequests.length;
  gateway.away.auth = true;
  const [before, began] = [asked(), performance.now()];
  await until(() => asked() > before + 2 && performance.now() - began > 700);
  expect(await statusOf(token)).toBe(200);
  gateway.away.broker = true;
  await until(() => closed.code);
  // Try again later, perhaps at another gateway: the token may be good.
  expect(closed.code).toBe(1013);
  const refused = await ask(token);
  expectError(refused.body as never, 'UNAVAILABLE');
  expect((await gateway.query('{ __typename }')).status).toBe(200);
  gateway.away.auth = false;
  await until(async () => (await statusOf(token)) === 200);
});

test('a role that changes while the auth service is asked is newer than its answer', () => {
  const revoked = createRevokedTokens();
  const viewer = { userId, sessionId: 's', role: 'MEMBER', scopes: [] } as const;
  const answer = { sessionIds: [], roles: [{ userId, role: 'MEMBER' as const }] };
  const catchUp = revoked.catchUp();
  revoked.changeRole(userId, 'ADMIN');
  catchUp(answer);
  expect(revoked.why(viewer)).toBe('role changed');
  revoked.catchUp()(answer);
  expect(revoked.why(viewer)).toBeNull();
});

test('who is connected is looked at once for an answer, and not for what is known', () => {
  const revoked = createRevokedTokens();
  let looks = 0;
  revoked.listen(() => {
    looks += 1;
  });
  const answer = { sessionIds: ['a', 'b', 'c'], roles: [{ userId, role: 'MEMBER' as const }] };
  revoked.catchUp()(answer);
  expect(looks).toBe(1);
  revoked.catchUp()(answer);
  expect(looks).toBe(1);
});
