import styles from './banner.module.css';
import type { BannerFragment } from './generated/documents.ts';

/** The wide picture over somebody's profile, which says nothing that is not there in words; nothing without one. */
export function Banner({ banner }: { banner: BannerFragment | null }) {
  if (!banner?.url) return null;
  return (
    // biome-ignore lint/performance/noImgElement: presigned, short-lived addresses gain nothing from the optimizer.
    <img
      className={styles.banner}
      src={banner.url}
      alt=""
      width={1500}
      height={500}
      decoding="async"
      referrerPolicy="no-referrer"
    />
  );
}
