import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SubgraphName } from '../federation/resolvers.ts';
import { benchFolder } from '../measure/peers.ts';
import { ownGateway, ownGatewayEnv } from './own-gateway.ts';

export interface Setting {
  supergraphFile: string;
  subgraphs: Record<SubgraphName, string>;
  port: number;
  /** For files of the contender's own. */
  folder: string;
}

export interface Contender {
  name: 'ours' | 'release' | 'stock' | 'hive' | 'grafbase';
  title: string;
  /** What serves the supergraph on the port, or why there is nothing. */
  command(setting: Setting): string[] | { missing: string };
  env?: NodeJS.ProcessEnv;
}

/** The gateway of another checkout of this project, such as the last release, with its packages installed. */
export const releaseIn = (checkout: string): Contender => ({
  name: 'release',
  title: 'SocialHub gateway, release',
  command: ({ supergraphFile, port }) => ownGateway(supergraphFile, port, checkout),
  env: ownGatewayEnv,
});

const { execPath } = process;
const peer = (path: string) => join(benchFolder, 'node_modules', path);

const forwarding = '[[headers]]\nrule = "forward"\nname = "authorization"\n';

/** All peers pass the caller's Authorization on, as a gateway with users has to: else some share answers. */
export const contenders: readonly Contender[] = [
  {
    name: 'ours',
    title: 'SocialHub gateway',
    command: ({ supergraphFile, port }) => ownGateway(supergraphFile, port),
    env: ownGatewayEnv,
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
