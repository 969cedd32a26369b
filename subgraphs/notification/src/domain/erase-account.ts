import { erasureTask } from '@socialhub/platform/personal-data/erasure';
import { eraseBlocks } from '@socialhub/platform/replicas/blocks';
import { eraseMutes } from '@socialhub/platform/replicas/mutes';
import type { Client } from '../store/client.ts';
import {
  eraseActs,
  eraseCommentReactions,
  eraseFollows,
  eraseNotifications,
  eraseReactions,
  eraseRecipient,
  eraseReposts,
} from '../store/erase.ts';
import { erasePreferences } from '../store/preferences.ts';

/** What this service keeps of a person. That they are not active stays known, for events that come late. */
export const eraseAccount = erasureTask<Client>('notification', [
  { what: 'notifications', erase: eraseNotifications },
  { what: 'acts', erase: eraseActs },
  { what: 'reactions', erase: eraseReactions },
  { what: 'commentReactions', erase: eraseCommentReactions },
  { what: 'reposts', erase: eraseReposts },
  { what: 'follows', erase: eraseFollows },
  { what: 'blocks', erase: eraseBlocks },
  { what: 'mutes', erase: eraseMutes },
  { what: 'preferences', erase: erasePreferences },
  { what: 'recipients', erase: eraseRecipient },
]);
