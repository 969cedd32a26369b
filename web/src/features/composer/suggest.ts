import type { Graph } from '../../graph/client.ts';
import {
  OwnHashtagsDocument,
  SuggestedPeopleDocument,
  type SuggestedPeopleQuery,
} from './generated/documents.ts';
import type { WrittenWord } from './written-word.ts';

type Person = NonNullable<SuggestedPeopleQuery['searchUsers']>['edges'][number]['node'];

/** What may be meant: `text` takes the place of what is written. */
export type Suggestion = { key: string; text: string } & ({ person: Person } | { tag: string });

const most = 6;
const recentPosts = 30;

/** What somebody may be writing. Loaded with the graph; throws what asking throws. */
export const suggest = (graph: Graph, { kind, word }: WrittenWord): Promise<Suggestion[]> =>
  kind === 'mention' ? suggestPeople(graph, word) : suggestTags(graph, word);

async function suggestPeople({ client }: Graph, query: string): Promise<Suggestion[]> {
  const variables = { query, first: most };
  const { data } = await client.query({ query: SuggestedPeopleDocument, variables });
  return (data?.searchUsers?.edges ?? []).map(({ node }) => ({
    key: node.id,
    text: `@${node.username}`,
    person: node,
  }));
}

/** Tags of the viewer's latest posts, the one that was used last first. They are asked for once. */
async function suggestTags({ client }: Graph, word: string): Promise<Suggestion[]> {
  const { data } = await client.query({ query: OwnHashtagsDocument, variables: { first: recentPosts } });
  const used = data?.viewer?.posts?.edges.flatMap(({ node }) => node.hashtags) ?? [];
  return [...new Set(used)]
    .filter((tag) => tag.startsWith(word) && tag !== word)
    .slice(0, most)
    .map((tag) => ({ key: tag, text: `#${tag}`, tag }));
}
