import { PostReposted } from '@socialhub/platform/contracts/post';
import { consumer } from '@socialhub/platform/events/consumer';
import { notifyOfRepost } from '../domain/notify-of-repost.ts';
import type { Tx } from '../store/client.ts';

export const onPostReposted = consumer(PostReposted, (tx: Tx, { data, sequence }) =>
  notifyOfRepost(tx, { ...data, active: true, sequence }),
);
