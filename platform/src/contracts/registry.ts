import * as auth from './auth.ts';
import type { EventContract } from './contract.ts';
import * as dataExport from './data-export.ts';
import * as media from './media.ts';
import * as post from './post.ts';
import * as user from './user.ts';

const isContract = (value: unknown): value is EventContract =>
  typeof value === 'object' && value !== null && 'producer' in value && 'schema' in value;

/** Every event that there is, in every version that is still read, by name. */
export const events: readonly EventContract[] = [auth, user, post, media, dataExport]
  .flatMap((file) => Object.values<unknown>(file).filter(isContract))
  .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version - b.version));
