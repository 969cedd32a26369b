import { startPruning } from '@socialhub/platform/lifecycle/prune';
import type { Service } from '@socialhub/platform/lifecycle/service';
import { createSubgraph, type ServiceOverrides } from '@socialhub/platform/subgraph/subgraph';
import type { ChatConfig } from './config.ts';
import { onAccountDeleted } from './consumers/on-account-deleted.ts';
import { onAccountStandingChanged } from './consumers/on-account-standing-changed.ts';
import { onDataExportRequested } from './consumers/on-data-export-requested.ts';
import { onMediaDeleted } from './consumers/on-media-deleted.ts';
import { onMediaReady } from './consumers/on-media-ready.ts';
import { onUserBlocked } from './consumers/on-user-blocked.ts';
import { onUserRegistered } from './consumers/on-user-registered.ts';
import { onUserUnblocked } from './consumers/on-user-unblocked.ts';
import { createContext } from './context.ts';
import { eraseAccount } from './domain/erase-account.ts';
import { dataExport } from './domain/export-data.ts';
import { createMayHear } from './domain/typing/may-hear.ts';
import { createTypingPace } from './domain/typing/typing-pace.ts';
import { resolvers } from './resolvers/index.ts';
import { createClient } from './store/client.ts';
import { createChatLog } from './store/events/member-events.ts';
import { pruneEvents } from './tasks/prune-events.ts';

export { readConfig } from './config.ts';

/** The chat service: conversations of two and more, their messages, and what happens in them, live and for later. */
export const createChatService = (config: ChatConfig, overrides?: ServiceOverrides): Service =>
  createSubgraph(
    {
      name: 'chat',
      config,
      schema: new URL('../schema.graphql', import.meta.url),
      resolvers,
      createClient,
      create: ({ db, live, log, closing }) => {
        const step = pruneEvents(db, config.CHAT_EVENT_DAYS);
        const pruning = startPruning({ name: 'old chat events', log, step });
        closing.defer(() => pruning.stop());
        return {
          context: createContext({
            chatLog: createChatLog(db, live),
            typingPace: createTypingPace(),
            mayHearTyping: createMayHear(db.prisma),
          }),
          consumers: [
            onUserRegistered,
            onAccountStandingChanged,
            onUserBlocked,
            onUserUnblocked,
            onMediaReady,
            onMediaDeleted,
            onDataExportRequested,
            onAccountDeleted,
          ],
          tasks: [dataExport.task, eraseAccount],
        };
      },
    },
    overrides,
  );
