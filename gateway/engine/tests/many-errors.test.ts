import { expect, test } from 'vitest';
import { execute } from '../src/execution/execute.ts';
import { dataSources, planAndCompile } from './differential/gateways.ts';
import { graph, ready } from './differential/scripted.ts';

const loaded = graph({
  a: 'type Query { users: [User] } type User @key(fields: "id") { id: ID! }',
  b: 'type User @key(fields: "id") { id: ID! posts: Int }',
});
const count = 2_000;
const entities = Array.from({ length: count }, (_, at) => at);

test.each([
  ['each of them', (at: number) => ['_entities', at]],
  ['none that is named', () => ['_entities']],
])(
  'looks at each error of a fetch a few times, however many entities are null: errors of %s',
  async (_whose, pathOf) => {
    let looks = 0;
    const errors = entities.map((at) => ({
      message: 'no',
      get path() {
        looks += 1;
        return pathOf(at);
      },
    }));
    const { services } = dataSources({
      a: async () => ({ data: { users: entities.map((id) => ({ __typename: 'User', id })) } }),
      b: async () => ({ data: { _entities: entities.map(() => null) }, errors }),
    });
    const { document, operation } = ready(loaded, '{ users { posts } }');
    const { data } = await execute(planAndCompile(loaded, document, operation), {
      subgraph: (name) => services[name],
      variables: {},
      context: {},
    });
    expect(data?.toJSON()).toEqual({ users: entities.map(() => ({ posts: null })) });
    expect(looks).toBeLessThanOrEqual(10 * count);
  },
);
