import { PostCreated } from '@socialhub/platform/contracts/post';
import { consumer } from '@socialhub/platform/events/consumer';
import { tellOfPost } from '../domain/tell-of-post.ts';
import type { Tx } from '../store/client.ts';

export const onPostCreated = consumer(PostCreated, (tx: Tx, { data, sequence }) =>
  tellOfPost(tx, data, sequence),
);
