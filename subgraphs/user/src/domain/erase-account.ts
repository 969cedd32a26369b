import { erasureTask } from '@socialhub/platform/personal-data/erasure';
import type { Client } from '../store/client.ts';
import {
  eraseBlocks,
  eraseFollowers,
  eraseFollowing,
  eraseMutes,
  eraseProfile,
  eraseReadyImages,
} from '../store/erase.ts';

/** What this service keeps of a person. */
export const eraseAccount = erasureTask<Client>('user', [
  { what: 'following', erase: eraseFollowing },
  { what: 'followers', erase: eraseFollowers },
  { what: 'blocks', erase: eraseBlocks },
  { what: 'mutes', erase: eraseMutes },
  { what: 'readyImages', erase: eraseReadyImages },
  { what: 'profiles', erase: eraseProfile },
]);
