import { PostCreated } from '@socialhub/platform/contracts/post';
import { consumer } from '@socialhub/platform/events/consumer';
import { notifyOfPost } from '../domain/notify-of-post.ts';
import type { Tx } from '../store/client.ts';

export const onPostCreated = consumer(PostCreated, (tx: Tx, { data, sequence }) =>
  notifyOfPost(tx, data, sequence),
);
