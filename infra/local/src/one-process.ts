import { createAuthService, readConfig as readAuthConfig } from '@socialhub/auth';
import { createChatService, readConfig as readChatConfig } from '@socialhub/chat';
import { createGateway, readConfig as readGatewayConfig } from '@socialhub/gateway';
import { createMediaService, readConfig as readMediaConfig } from '@socialhub/media';
import { createNotificationService, readConfig as readNotificationConfig } from '@socialhub/notification';
import type { Broker } from '@socialhub/platform/events/broker';
import type { Service } from '@socialhub/platform/lifecycle/service';
import type { Logger } from '@socialhub/platform/log';
import { LocalSubgraphs } from '@socialhub/platform/subgraph/local-subgraph';
import type { ServiceOverrides } from '@socialhub/platform/subgraph/subgraph';
import { createPostService, readConfig as readPostConfig } from '@socialhub/post';
import { createUserService, readConfig as readUserConfig } from '@socialhub/user';
import type { Layout, Runnable } from './layout.ts';

type Create = (
  environment: Record<string, string>,
  overrides: ServiceOverrides & { locals: LocalSubgraphs },
) => Service;

const services: Record<Runnable, Create> = {
  auth: (environment, overrides) => createAuthService(readAuthConfig(environment), overrides),
  user: (environment, overrides) => createUserService(readUserConfig(environment), overrides),
  post: (environment, overrides) => createPostService(readPostConfig(environment), overrides),
  media: (environment, overrides) => createMediaService(readMediaConfig(environment), overrides),
  notification: (environment, overrides) =>
    createNotificationService(readNotificationConfig(environment), overrides),
  chat: (environment, overrides) => createChatService(readChatConfig(environment), overrides),
  gateway: (environment, overrides) => createGateway(readGatewayConfig(environment), overrides),
};

/**
 * All services in this process, sharing one connection to the broker (or the in-process broker). The gateway calls the
 * subgraphs without a socket between; they listen as elsewhere for whoever calls them directly.
 */
export function oneProcess(options: { broker: Broker; log: Logger }): Layout {
  const running = new Map<Runnable, Service>();
  const locals = new LocalSubgraphs();

  const stop = async (name: Runnable) => {
    const service = running.get(name);
    running.delete(name);
    await service?.stop();
  };

  return {
    description: 'in one process',
    async start(name, environment) {
      const log = options.log.child({ service: name });
      const service = services[name](environment, { broker: options.broker, log, locals });
      const { url } = await service.start();
      running.set(name, service);
      return url;
    },
    kill: stop,
    async stop() {
      await stop('gateway');
      await Promise.all([...running.keys()].map(stop));
    },
  };
}
