import type { ServiceName } from '../contracts/services.ts';

/** What one side of a replica says: SQL that gives a `key` and a `value`, both texts, in the order of the key's bytes. */
type Side = string;

/** A service's copy of what another owns. */
export interface Replica {
  name: string;
  owner: ServiceName;
  /** What the owner has, and what the copy says. */
  owned: Side;
  copied: Side;
  /**
   * Of a copy that has rows for some alone: what it says of the others by that. What it still knows of those whom the owner has
   * erased is let be.
   */
  otherwise?: string;
}

const pair = (one: string, other: string) => `${one}::text || ' ' || ${other}::text COLLATE "C"`;
const pairs = (table: string, [one, other]: [string, string], value: string, condition: string): Side =>
  `SELECT ${pair(one, other)} AS key, ${value} AS value FROM ${table} WHERE ${condition} ORDER BY ${one}, ${other}`;
const ones = (table: string, id: string, value: string, condition = 'true'): Side =>
  `SELECT ${id}::text COLLATE "C" AS key, ${value} AS value FROM ${table} WHERE ${condition} ORDER BY ${id}`;

const follows = ['follower_id', 'followee_id'] as [string, string];
const mutes = ['muter_id', 'muted_id'] as [string, string];
const blocked = ['blocker_id', 'blocked_id'] as [string, string];
/** What has lapsed counts as none, on both sides. */
const lasts = '(until IS NULL OR until > now())';
const untilMs = `coalesce(floor(extract(epoch FROM until) * 1000)::bigint::text, 'for ever')`;

const isActive = `CASE WHEN suspended_at IS NULL AND deactivated_at IS NULL AND delete_after IS NULL
  THEN 'active' ELSE 'inactive' END`;
const copiedActive = `CASE WHEN is_active THEN 'active' ELSE 'inactive' END`;

const blocks: Replica = {
  name: 'blocks',
  owner: 'user',
  owned: pairs('block', blocked, `'blocks'`, 'true'),
  copied: pairs('blocks', blocked, `'blocks'`, 'active'),
};
const people: Omit<Replica, 'copied'> = {
  name: 'people',
  owner: 'auth',
  owned: ones('account', 'id', isActive, 'deleted_at IS NULL'),
};
const standings: Replica = {
  name: 'standings',
  owner: 'auth',
  owned: people.owned,
  copied: ones('standings', 'user_id', copiedActive),
  otherwise: 'active',
};
const readyMedia: Replica = {
  name: 'ready_media',
  owner: 'media',
  owned: ones('media', 'id', 'owner_id::text', `status = 'READY'`),
  copied: ones('ready_media', 'id', 'owner_id::text', 'NOT is_deleted'),
};

/** Which replicas each service keeps: `npm run events -- verify` compares them with what their owners have. */
export const replicas: Record<ServiceName, readonly Replica[]> = {
  auth: [],
  user: [
    { ...people, copied: ones('profile', 'id', copiedActive) },
    {
      name: 'ready_image',
      owner: 'media',
      owned: ones('media', 'id', 'owner_id::text', `status = 'READY' AND kind = 'IMAGE'`),
      copied: ones('ready_image', 'media_id', 'owner_id::text', 'NOT is_deleted'),
    },
  ],
  post: [
    {
      ...people,
      owned: ones('account', 'id', `${isActive} || ' ' || role::text`, 'deleted_at IS NULL'),
      copied: ones('people', 'id', `${copiedActive} || ' ' || role::text`),
    },
    {
      name: 'follows',
      owner: 'user',
      owned: pairs('follow', follows, `'follows'`, `standing = 'FOLLOWING'`),
      copied: pairs('follows', follows, `'follows'`, 'active'),
    },
    blocks,
    {
      name: 'mutes',
      owner: 'user',
      owned: pairs('mute', mutes, untilMs, lasts),
      copied: pairs('mutes', mutes, untilMs, `active AND ${lasts}`),
    },
    readyMedia,
  ],
  media: [standings],
  notification: [
    standings,
    {
      name: 'follows',
      owner: 'user',
      owned: pairs(
        'follow',
        follows,
        `CASE WHEN bell THEN 'rings' ELSE 'follows' END`,
        `standing = 'FOLLOWING'`,
      ),
      copied: pairs('follows', follows, `CASE WHEN rings THEN 'rings' ELSE 'follows' END`, 'active'),
    },
    blocks,
    {
      name: 'mutes',
      owner: 'user',
      owned: pairs('mute', mutes, untilMs, `notifications AND ${lasts}`),
      copied: pairs('mutes', mutes, untilMs, `active AND ${lasts}`),
    },
  ],
  chat: [{ ...people, copied: ones('people', 'id', copiedActive) }, blocks, readyMedia],
};
