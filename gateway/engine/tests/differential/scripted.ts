import { type AnswerFetch, compose, type ForBoth, type Prepared, prepare } from './gateways.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@external", "@requires", "@interfaceObject", "@inaccessible"])\n`;

/** Composes subgraphs that are written by hand. */
export function graph(subgraphs: Record<string, string>): ForBoth {
  const loaded = compose(Object.entries(subgraphs).map(([name, sdl]) => ({ name, sdl: link + sdl })));
  if (!loaded) throw new Error('the subgraphs do not compose');
  return loaded;
}

export function ready(loaded: ForBoth, text: string): Prepared {
  const prepared = prepare(loaded, text);
  if (!prepared) throw new Error('the operation is not valid');
  return prepared;
}

/** Answers a subgraph gives one after the other; what it was asked is kept. */
export function scripted(...answers: unknown[]) {
  const asked: { query: string; variables: Record<string, unknown> }[] = [];
  const answer: AnswerFetch = async (query, variables) => {
    asked.push({ query, variables });
    return structuredClone(answers[asked.length - 1] ?? { data: null });
  };
  return { asked, answer };
}
