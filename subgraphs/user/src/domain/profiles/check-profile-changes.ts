import { awaitReplica } from '@socialhub/platform/database/await-replica';
import { badUserInput } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { isRecent } from '@socialhub/platform/ids';
import { checkDisplayName } from '@socialhub/platform/text/check-display-name';
import { checkText } from '@socialhub/platform/text/check-text';
import type { UpdateProfileInput } from '../../generated/resolvers.ts';
import type { Reader } from '../../store/client.ts';
import type { Loaders } from '../../store/loaders.ts';
import type { ProfileChanges } from '../../store/profiles/profiles.ts';
import { findReadyImage } from '../../store/profiles/ready-images.ts';
import { requireOwn } from './require-user.ts';

interface Sources {
  db: { prisma: Reader };
  loaders: Loaders;
  arrivedAt: number;
}

/**
 * What an update is to change: what is absent stays, null clears what may be empty. Runs before the transaction,
 * since it waits for an image whose event is under way. Throws BAD_USER_INPUT naming the field, NOT_FOUND without a profile.
 */
export async function checkProfileChanges(
  { db, loaders, arrivedAt }: Sources,
  viewer: Viewer,
  input: UpdateProfileInput,
): Promise<ProfileChanges> {
  const changes: ProfileChanges = {};
  if (input.displayName !== undefined) changes.displayName = displayName(input.displayName);
  if (input.bio !== undefined) changes.bio = checkText('input.bio', input.bio ?? '', { max: 500 }) || null;
  if (input.isPrivate !== undefined) changes.isPrivate = isPrivate(input.isPrivate);
  const { id: userId } = await requireOwn(loaders, viewer);
  if (input.avatarId !== undefined)
    changes.avatarId = await image(db.prisma, 'input.avatarId', { userId, arrivedAt }, input.avatarId);
  if (input.bannerId !== undefined)
    changes.bannerId = await image(db.prisma, 'input.bannerId', { userId, arrivedAt }, input.bannerId);
  return changes;
}

function displayName(given: string | null): string {
  if (given === null) throw badUserInput('input.displayName', "can't be cleared");
  return checkDisplayName('input.displayName', given);
}

function isPrivate(given: boolean | null): boolean {
  if (given === null) throw badUserInput('input.isPrivate', 'must be true or false');
  return given;
}

async function image(
  reader: Reader,
  field: string,
  asking: { userId: string; arrivedAt: number },
  mediaId: string | null,
): Promise<string | null> {
  if (mediaId === null) return null;
  const known = await findSoon(reader, asking, mediaId);
  // Somebody else's image, a video, one that is not ready: one answer, which tells nothing about it.
  if (known?.ownerId !== asking.userId || known.isDeleted) throw noImage(field);
  return mediaId;
}

const noImage = (field: string) => badUserInput(field, 'is not a ready image of yours');

/** Whether the images are there still, once nobody else changes the profile. Throws BAD_USER_INPUT naming the field. */
export async function checkImagesAreLeft(tx: Reader, changes: ProfileChanges): Promise<void> {
  for (const field of ['avatarId', 'bannerId'] as const) {
    const mediaId = changes[field];
    if (typeof mediaId !== 'string') continue;
    if ((await findReadyImage(tx, mediaId))?.isDeleted) throw noImage(`input.${field}`);
  }
}

/** An upload is as old as its id, and its event may be seconds behind: only a recent one is worth the wait. */
function findSoon(
  reader: Reader,
  { userId, arrivedAt }: { userId: string; arrivedAt: number },
  mediaId: string,
) {
  const find = () => findReadyImage(reader, mediaId);
  return isRecent(mediaId) ? awaitReplica({ owner: userId, arrivedAt }, find) : find();
}
