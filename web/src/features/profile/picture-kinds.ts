/** What one shows of oneself: how wide it is for its height, and as how many pixels it is kept: as large as it is ever shown, on dense screens too. */
export const PICTURE_KINDS = {
  avatar: { field: 'avatarId', ratio: 1, width: 800 },
  banner: { field: 'bannerId', ratio: 3, width: 1500 },
} as const;

export type PictureKind = keyof typeof PICTURE_KINDS;
