import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { accessFaults, accessTable } from './access.ts';
import { readGraph } from './sdl-access.ts';

const supergraph = readFileSync(join(import.meta.dirname, '../../gateway/supergraph.graphql'), 'utf8');
const faultsOf = (sdl: string) => accessFaults(readGraph(sdl), accessTable);
/** The supergraph with one thing changed. */
function changed(from: string | RegExp, to: string): string {
  const text = supergraph.replace(from, to);
  expect(text).not.toBe(supergraph);
  return text;
}

it('every field of the supergraph is annotated, or listed as public', () => {
  expect(faultsOf(supergraph)).toEqual([]);
});

describe('a fault is', () => {
  it.each(['Query', 'Mutation', 'Subscription'])('a new field of %s without a directive', (root) => {
    const sdl = changed(new RegExp(`(type ${root}\\s[^{]*{)`), '$1 sesame: String');
    expect(faultsOf(sdl)).toEqual([
      `${root}.sesame asks for no sign-in: annotate it, or list it as public in infra/checks/access.ts`,
    ]);
    expect(faultsOf(sdl.replace('sesame: String', 'sesame: String @authenticated'))).toEqual([]);
  });

  it('a new field on what anybody can read', () => {
    const sdl = changed(/(type User\s[^{]*{)/, '$1 phoneNumber: String');
    expect(faultsOf(sdl)[0]).toMatch(/^User.phoneNumber asks for no sign-in/);
    expect(faultsOf(sdl.replace('phoneNumber: String', 'phoneNumber: String @authenticated'))).toEqual([]);
  });

  it('a way from what anybody can read to what was reached by a sign-in alone', () => {
    const faults = faultsOf(changed(/(type User\s[^{]*{)/, '$1 conversations: ConversationConnection'));
    expect(faults).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^User.conversations asks/),
        expect.stringMatching(/^ConversationConnection.edges asks/),
        expect.stringMatching(/^ConversationEdge.node asks/),
      ]),
    );
  });

  it('a type that becomes a Node, which anybody may ask for by its id', () => {
    const sdl = changed('type AccountErasure\n', 'type AccountErasure implements Node\n');
    expect(faultsOf(sdl)).toContain(
      'AccountErasure.parts asks for no sign-in: annotate it, or list it as public in infra/checks/access.ts',
    );
  });

  it('a directive that is taken away', () => {
    const account = changed('account: Account @join__field(graph: AUTH) @authenticated', 'account: Account');
    expect(faultsOf(account)[0]).toMatch(/^Query.account asks for no sign-in/);
    const setRole = changed(/(\): SetRolePayload) @join__field.*/, '$1 @authenticated');
    expect(faultsOf(setRole)).toEqual([
      'Mutation.setRole asks for the scopes none, in infra/checks/access.ts [["administer"]]',
    ]);
  });

  it('a scope that is another', () => {
    const sdl = changed(/(AuditEntryConnection @join__field.*)"administer"/, '$1"moderate"');
    expect(faultsOf(sdl)).toEqual([
      'Query.auditLog asks for the scopes [["moderate"]], in infra/checks/access.ts [["administer"]]',
    ]);
  });

  it('a public field that is gone, or asks for a sign-in', () => {
    const sdl = changed('mediaLimits: MediaLimits ', 'mediaLimits: MediaLimits @authenticated ');
    expect(faultsOf(sdl)).toContain(
      'Query.mediaLimits is listed as public, and nobody gets there signed out',
    );
    expect(faultsOf(sdl)).toContain(
      'MediaLimits.maxPixels is listed as public, and nobody gets there signed out',
    );
  });
});
