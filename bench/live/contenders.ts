import { join } from 'node:path';
import { ownGateway, ownGatewayEnv } from '../gateways/own-gateway.ts';
import { benchFolder } from '../measure/peers.ts';

export interface LiveContender {
  title: string;
  /** Measured with many reconnects and with slow readers, too. */
  isTried?: boolean;
  query: string;
  command(setting: { port: number; supergraphFile: string; eventsUrl: string }): string[];
  env?: NodeJS.ProcessEnv;
}

const server = (name: string) => (setting: { port: number; eventsUrl: string }) => [
  process.execPath,
  join(benchFolder, `live/servers/${name}.ts`),
  String(setting.port),
  setting.eventsUrl,
];
const gatewayOf = (checkout?: string) => ({
  command: ({ supergraphFile, port }: { supergraphFile: string; port: number }) =>
    ownGateway(supergraphFile, port, checkout),
  env: ownGatewayEnv,
});
const plain = 'subscription { posted { id text } }';

export const liveContenders: readonly LiveContender[] = [
  { title: 'bare ws, no GraphQL', query: plain, command: server('bare-ws') },
  { title: 'graphql-ws, stock', query: plain, command: server('graphql-ws') },
  { title: 'SocialHub gateway', query: plain, isTried: true, ...gatewayOf() },
  {
    title: 'SocialHub gateway, two subgraphs',
    query: 'subscription { posted { id text author { name } } }',
    ...gatewayOf(),
  },
];

/** The gateway of another checkout of this project, such as the last release, with its packages installed. */
export const releaseIn = (checkout: string): LiveContender => ({
  title: 'SocialHub gateway, release',
  query: plain,
  isTried: true,
  ...gatewayOf(checkout),
});
