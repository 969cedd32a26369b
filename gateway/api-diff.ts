import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { Supergraph } from '@apollo/federation-internals';
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { readSupergraph } from '@socialhub/federation-engine';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { contractFaults } from './contract-check.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const supergraphPath = 'gateway/supergraph.graphql';
const contractPath = 'docs/api/contract.graphql';

/** What clients see of a supergraph. */
export function apiSchemaOf(supergraph: string): GraphQLSchema {
  return Supergraph.build(readSupergraph(supergraph).sdl).apiSchema().toGraphQLJSSchema();
}

/** The changes that break a client which was right with `before`, one sentence each. */
export async function breakingChanges(before: GraphQLSchema, after: GraphQLSchema): Promise<string[]> {
  const changes = await diff(before, after);
  return changes
    .filter((change) => change.criticality.level === CriticalityLevel.Breaking)
    .map((change) => change.message);
}

async function supergraphAt(revision: string): Promise<string | null> {
  try {
    const show = promisify(execFile)('git', ['show', `${revision}:${supergraphPath}`], {
      cwd: root,
      maxBuffer: 50_000_000,
    });
    return (await show).stdout;
  } catch {
    // A first commit, a shallow clone, no repository at all: there is nothing to hold it against.
    return null;
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { base: { type: 'string', default: 'HEAD' }, deployed: { type: 'string' } },
  });
  const base = values.deployed ?? values.base;
  const api = apiSchemaOf(await readFile(`${root}/${supergraphPath}`, 'utf8'));
  const faults: string[] = [];

  // A file is what gateways were given; it has to be there.
  const before = values.deployed ? await readFile(values.deployed, 'utf8') : await supergraphAt(base);
  if (before === null) process.stdout.write(`There is no supergraph at ${base} to compare with\n`);
  else {
    for (const change of await breakingChanges(apiSchemaOf(before), api)) {
      faults.push(`breaks clients, compared with ${base}: ${change}`);
    }
  }

  const contract = await readFile(`${root}/${contractPath}`, 'utf8').catch(() => null);
  if (contract === null) process.stdout.write(`There is no ${contractPath} to compare with\n`);
  else faults.push(...contractFaults(api, buildSchema(contract)).map((fault) => `${contractPath}: ${fault}`));

  if (faults.length > 0) process.stderr.write(`${faults.join('\n')}\n`);
  return faults.length > 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main();
