import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeProject } from './project.ts';
import type { World } from './world.ts';

/** One fragment a line: the type, the field that it pages through, how, and what is read of each. */
const fragments = [
  ['User', 'posts', 'first: $count, after: $cursor', 'text'],
  ['Post', 'comments', 'first: $count, after: $cursor', 'text'],
  ['Comment', 'replies', 'first: $count, after: $cursor', 'text'],
  ['Conversation', 'messages', 'last: $count, before: $cursor', 'text'],
] as const;

/** In the order in which each list is read. */
const texts: Readonly<Record<string, string[]>> = {
  User: ['post 5', 'post 4', 'post 3', 'post 2'],
  Post: ['comment 1', 'comment 2', 'comment 3', 'comment 4'],
  Comment: ['reply 1', 'reply 2', 'reply 3', 'reply 4'],
  // From the end.
  Conversation: ['message 4', 'message 5', 'message 2', 'message 3'],
};

const source = fragments
  .map(
    ([type, list, page, field]) => `
  graphql\`
    fragment Lists_${type.toLowerCase()} on ${type}
      @argumentDefinitions(count: { type: "Int", defaultValue: 2 }, cursor: { type: "String" })
      @refetchable(queryName: "Lists${type}Query") {
      ${list}(${page}) @connection(key: "Lists_${type.toLowerCase()}_${list}") { edges { node { ${field} } } }
    }\`;`,
  )
  .join('\n');

/** relay-compiler makes a query of each fragment, by which it is asked for again, and a page after the first. */
export function relay(world: () => World): void {
  test('relay-compiler takes fragments that page, and its queries read page by page', async () => {
    const project = await makeProject({
      'schema.graphql': world().sdl,
      'src/Lists.js': `import { graphql } from 'relay-runtime';${source}`,
      'package.json': '{}',
      'relay.config.json': JSON.stringify({
        src: './src',
        schema: './schema.graphql',
        language: 'javascript',
        persistConfig: { file: './persisted.json', algorithm: 'SHA256' },
      }),
    });
    await project.write('persisted.json', '{}');
    const compiled = await project.run('relay-compiler/cli.js', './relay.config.json');
    expect(compiled.said).not.toMatch(/error/i);
    expect(compiled.isContent, compiled.said).toBe(true);
    const persisted = JSON.parse(await readFile(join(project.folder, 'persisted.json'), 'utf8'));
    await project.remove();
    const queries = Object.values(persisted) as string[];
    const ids: Record<string, string> = {
      User: world().ann.id,
      Post: world().postId,
      Comment: world().commentId,
      Conversation: world().conversationId,
    };
    for (const [type, list] of fragments) {
      const query = queries.find((text) => text.startsWith(`query Lists${type}Query`)) ?? '';
      const seen: string[] = [];
      let cursor: string | null = null;
      for (let page = 1; page <= 2; page += 1) {
        const { node } = await world().ann.ask(query, { id: ids[type], count: 2, cursor });
        expect(node.__typename).toBe(type);
        const { edges, pageInfo } = node[list];
        seen.push(...edges.map((edge: { node: { text: string } }) => edge.node.text));
        cursor = pageInfo.endCursor ?? pageInfo.startCursor;
      }
      expect(seen, type).toEqual(texts[type]);
    }
  });
}
