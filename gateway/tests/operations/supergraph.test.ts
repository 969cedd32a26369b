import { readSupergraph } from '@socialhub/federation-engine';
import { until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { composeFixture, startGateway, type TestGateway } from '../fixture/gateway.ts';
import { type FixtureGraph, startGraph } from '../fixture/graph.ts';

let graph: FixtureGraph;
let gateway: TestGateway;

beforeAll(async () => {
  graph = await startGraph();
  gateway = await startGateway(graph.all);
});

afterAll(async () => {
  await gateway?.stop();
  await graph?.stop();
});

describe('the security directives of a supergraph', () => {
  test('are read by type and field, and removed with all that belongs to them', async () => {
    const { sdl, requirements } = readSupergraph(await composeFixture(graph.all));
    expect(Object.fromEntries(requirements)).toEqual({
      'Query.viewer': { authenticated: true, scopes: [], policies: [] },
      'Query.admin': { authenticated: false, scopes: [['administer'], ['moderate', 'audit']], policies: [] },
      'Query.forNobody': { authenticated: false, scopes: [], policies: [['impossible']] },
      'User.email': { authenticated: true, scopes: [], policies: [] },
      Vault: { authenticated: true, scopes: [], policies: [] },
      Secret: { authenticated: true, scopes: [], policies: [] },
      Level: { authenticated: false, scopes: [['moderate']], policies: [] },
      'Subscription.mine': { authenticated: true, scopes: [], policies: [] },
      // The composer carries what the types behind an interface ask for up to the interface.
      Node: { authenticated: true, scopes: [], policies: [] },
    });
    expect(sdl).not.toMatch(/authenticated|requiresScopes|policy/);
    expect(sdl).toContain('join__field');
    expect(sdl).toContain('scalar Secret');
  });

  test('are found under the names that the supergraph gives them', () => {
    const { sdl, requirements } = readSupergraph(`
      schema
        @link(url: "https://specs.apollo.dev/link/v1.0")
        @link(url: "https://specs.apollo.dev/requiresScopes/v0.1", for: SECURITY, import: [{ name: "@requiresScopes", as: "@needs" }])
        @link(url: "https://specs.apollo.dev/policy/v0.1", for: SECURITY, as: "rule")
        @link(url: "https://specs.example/other/v1.0", for: SECURITY)
      { query: Query }
      directive @needs(scopes: [[requiresScopes__Scope!]!]!) on FIELD_DEFINITION
      directive @rule(policies: [[rule__Policy!]!]!) on FIELD_DEFINITION
      directive @authenticated on FIELD_DEFINITION
      scalar requiresScopes__Scope
      scalar rule__Policy
      type Query { a: Int @needs(scopes: [["x", "y"]]) b: Int @rule(policies: [["p"], ["q"]]) c: Int @authenticated }
    `);
    expect(Object.fromEntries(requirements)).toEqual({
      'Query.a': { authenticated: false, scopes: [['x', 'y']], policies: [] },
      'Query.b': { authenticated: false, scopes: [], policies: [['p'], ['q']] },
    });
    // One that is not linked is somebody's own directive; a feature we don't know is left for ApolloGateway to refuse.
    expect(sdl).toContain('c: Int @authenticated');
    expect(sdl).toContain('https://specs.example/other/v1.0');
    expect(sdl).not.toMatch(/needs|rule|Scope|Policy/);
  });
});

describe('a supergraph that changes while it is served', () => {
  const withSdl = (change: (sdl: string) => string) =>
    composeFixture(graph.all.map((one) => (one.name === 'user' ? { ...one, sdl: change(one.sdl) } : one)));
  const codeOf = async (query: string) => (await gateway.query(query)).body.errors?.[0]?.extensions.code;

  test('is taken over, its authorisation too, and requests go on', async () => {
    expect(await codeOf('{ also: twin }')).toBeUndefined();
    await gateway.replaceSupergraph(
      await withSdl((sdl) => sdl.replace('twin: Int', 'twin: Int @authenticated')),
    );
    await until(async () => (await codeOf('{ also: twin }')) === 'UNAUTHENTICATED');
    await gateway.replaceSupergraph(await withSdl((sdl) => sdl.replace('twin: Int', '')));
    await until(async () => (await codeOf('{ twin }')) === 'BAD_USER_INPUT');
    expect(await codeOf('{ user(id: 1) { displayName } }')).toBeUndefined();
  });

  test.each([
    ['that is not GraphQL', (good: string) => `${good} }`],
    ['that is empty', () => ''],
    [
      'of a subgraph that does not fit',
      (good: string) => good.replace('graph: POST, key: "id"', 'graph: POST, key: "nope"'),
    ],
    [
      'with a security feature that nobody enforces',
      (good: string) => good.replace('requiresScopes/v0.1', 'unknown/v0.1'),
    ],
    [
      'whose API no client could be given',
      (good: string) =>
        `${good}\ninput Loop @join__type(graph: USER) { loop: Loop! @join__field(graph: USER) }`,
    ],
  ])('for one %s is refused and logged, and the last good one serves on', async (_what, spoil) => {
    const good = await composeFixture(graph.all);
    await gateway.replaceSupergraph(good);
    await until(async () => (await codeOf('{ twin }')) === undefined);
    gateway.logged.length = 0;
    const bad = spoil(good);
    expect(bad).not.toBe(good);
    await gateway.replaceSupergraph(bad);
    await until(() => gateway.logged.find((line) => line.includes('is refused')));
    expect(await codeOf('{ twin user(id: 1) { displayName } }')).toBeUndefined();
    expect(await codeOf('{ viewer { id } }')).toBe('UNAUTHENTICATED');
    const { status } = await gateway.fetch('/readyz');
    expect(status).toBe(200);
  });
});
