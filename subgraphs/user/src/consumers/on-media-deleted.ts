import { MediaDeleted } from '@socialhub/platform/contracts/media';
import { consumer } from '@socialhub/platform/events/consumer';
import { takeOffImage } from '../domain/profiles/take-off-image.ts';
import type { Tx } from '../store/client.ts';

export const onMediaDeleted = consumer(MediaDeleted, (tx: Tx, { data }) => takeOffImage(tx, data));
