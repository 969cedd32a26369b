import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SubgraphName } from '../federation/resolvers.ts';
import { benchFolder } from '../measure/peers.ts';

export interface Setting {
  supergraphFile: string;
  subgraphs: Record<SubgraphName, string>;
  port: number;
  /** For files of the contender's own. */
  folder: string;
}

export interface Contender {
  name: 'ours' | 'stock' | 'hive' | 'grafbase';
  title: string;
  /** What serves the supergraph on the port, or why there is nothing. */
  command(setting: Setting): string[] | { missing: string };
  env?: NodeJS.ProcessEnv;
}

const { execPath } = process;
const root = fileURLToPath(new URL('../..', import.meta.url));
const peer = (path: string) => join(benchFolder, 'node_modules', path);

const forwarding = '[[headers]]\nrule = "forward"\nname = "authorization"\n';

/** All peers pass the caller's Authorization on, as a gateway with users has to: else some share answers. */
export const contenders: readonly Contender[] = [
  {
    name: 'ours',
    title: 'SocialHub gateway',
    command({ supergraphFile, port }) {
      const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
      // Not through npm, whose memory would count as the gateway's.
      const [program, script, ...rest] = String(scripts.gateway ?? '').split(/\s+/);
      if (program !== 'node' || !script) return { missing: 'package.json has no script `gateway` yet' };
      const args = ['--supergraph', supergraphFile, '--port', String(port), '--open'];
      return [execPath, join(root, script), ...rest, ...args];
    },
    // A line for each request is a cost that no other contender has here.
    env: { LOG_LEVEL: 'warn' },
  },
  {
    name: 'stock',
    title: 'ApolloGateway, stock',
    command: ({ supergraphFile, port }) => [
      execPath,
      join(benchFolder, 'gateways/stock.ts'),
      supergraphFile,
      String(port),
    ],
    env: { APOLLO_TELEMETRY_DISABLED: 'true' },
  },
  {
    name: 'hive',
    title: 'Hive Gateway, Rust planner',
    // Not with --jit: together with this runtime it answers nulls without an error.
    command: ({ supergraphFile, port }) => [
      execPath,
      peer('@graphql-hive/gateway/dist/bin.js'),
      'supergraph',
      supergraphFile,
      ...['--config-path', join(benchFolder, 'gateways/hive.config.ts')],
      ...['--hive-router-runtime', '--host', '127.0.0.1', '--port', String(port)],
    ],
  },
  {
    name: 'grafbase',
    title: 'Grafbase dev (Rust)',
    command({ subgraphs, port, folder }) {
      const program = peer('@grafbase/cli-x86_64-unknown-linux-musl/grafbase');
      if (!existsSync(program)) return { missing: 'there is no Grafbase for this platform' };
      const config = join(folder, 'grafbase.toml');
      const sections = Object.entries(subgraphs).map(
        ([name, url]) =>
          `[subgraphs.${name}]\nurl = "${url}"\nschema_path = "${benchFolder}federation/${name}.graphql"\n`,
      );
      writeFileSync(config, [forwarding, ...sections].join('\n'));
      return [program, '--home', folder, 'dev', '--config', config, '--listen-address', `127.0.0.1:${port}`];
    },
  },
];
