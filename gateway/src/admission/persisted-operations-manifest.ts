import { createHash } from 'node:crypto';
import { parse, stripIgnoredCharacters } from 'graphql';
import * as z from 'zod';

/** Operations that clients have been built with, as Apollo's tools write them down. */
export interface Manifest {
  /** The text of the operation that has this id. */
  bodyOf(id: string): string | undefined;
  /** Whether an operation is listed; white space, commas and comments make no difference. */
  has(body: string): boolean;
  readonly size: number;
}

export const emptyManifest: Manifest = { bodyOf: () => undefined, has: () => false, size: 0 };

const format = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(
    z.object({
      id: z.string().min(1),
      name: z.string(),
      type: z.enum(['query', 'mutation', 'subscription']),
      body: z.string().min(1),
    }),
  ),
});

export type ManifestFile = z.infer<typeof format>;

/** Reads a manifest. Throws an Error that says the first fault: no JSON, another format, a body that is not GraphQL, an id twice. */
export function readManifest(text: string): Manifest {
  const read = format.safeParse(JSON.parse(text));
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new Error(`not a manifest: ${issue?.path.join('.')}: ${issue?.message}`);
  }
  const bodies = new Map<string, string>();
  const known = new Set<string>();
  for (const { id, name, body } of read.data.operations) {
    if (bodies.has(id) && bodies.get(id) !== body) throw new Error(`${name}: the id ${id} is there twice`);
    try {
      parse(body, { noLocation: true });
    } catch (error) {
      throw new Error(`${name}: ${error instanceof Error ? error.message : error}`, { cause: error });
    }
    bodies.set(id, body);
    known.add(normalised(body));
  }
  return {
    bodyOf: (id) => bodies.get(id),
    has: (body) => known.has(normalised(body)),
    size: bodies.size,
  };
}

/** Throws a GraphQLError when the text has no tokens. */
const normalised = (body: string) => sha256(stripIgnoredCharacters(body));

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
