import type { SubgraphContext } from '@socialhub/platform/subgraph/subgraph-context';
import type { MayHear } from './domain/typing/may-hear.ts';
import type { TypingPace } from './domain/typing/typing-pace.ts';
import type { Client } from './store/client.ts';
import type { ChatLog } from './store/events/member-events.ts';
import { createLoaders, type Loaders } from './store/loaders.ts';

/** A person, whom the user service knows. */
export interface UserRef {
  id: string;
}

/** A file, which the media service knows. */
export interface MediaRef {
  id: string;
}

/** What every resolver finds. The loaders serve one moment, the rest the whole process. */
export interface Context extends SubgraphContext<Client> {
  loaders: Loaders;
  chatLog: ChatLog;
  typingPace: TypingPace;
  mayHearTyping: MayHear;
}

export const createContext =
  (lasting: Pick<Context, 'chatLog' | 'typingPace' | 'mayHearTyping'>) =>
  (base: SubgraphContext<Client>): Context => ({ ...base, ...lasting, loaders: createLoaders(base) });
