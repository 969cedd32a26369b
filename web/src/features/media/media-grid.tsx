import { useTexts } from '#texts';
import { blurhashColour } from '../../text/blurhash-colour.ts';
import type { PictureFragment as Picture } from './generated/media-grid.ts';
import styles from './media-grid.module.css';
import { PictureOpener } from './picture-opener.tsx';

const WAITING = {
  AWAITING_UPLOAD: 'notArrivedYet',
  PROCESSING: 'beingPrepared',
  FAILED: 'notPrepared',
  READY: 'notShownNow',
} as const;

// Painted as an SVG fill: the Content-Security-Policy allows no style attribute.
function Placeholder({ colour }: { colour: string | null }) {
  if (!colour) return null;
  return (
    <svg className={styles.placeholder} aria-hidden="true">
      <rect width="100%" height="100%" fill={colour} />
    </svg>
  );
}

const isShown = ({ kind, status, large }: Picture) =>
  kind === 'IMAGE' && status === 'READY' && large !== null;

function Item({ picture }: { picture: Picture }) {
  const t = useTexts('media');
  const width = picture.width ?? 1200;
  const height = picture.height ?? 900;
  if (picture.status !== 'READY' || !picture.large) {
    return <p className={styles.missing}>{t(WAITING[picture.status])}</p>;
  }
  if (picture.kind === 'VIDEO') {
    return (
      <video
        className={styles.picture}
        src={picture.large}
        poster={picture.poster ?? undefined}
        width={width}
        height={height}
        controls
        preload="none"
        aria-label={picture.altText ?? t('videoWithoutDescription')}
      >
        {/* People's own videos come without captions. */}
        <track kind="captions" />
      </video>
    );
  }
  return (
    <a className={styles.link} href={picture.large} rel="noreferrer" data-picture={picture.id}>
      <Placeholder colour={blurhashColour(picture.blurhash)} />
      {/* biome-ignore lint/performance/noImgElement: presigned, short-lived addresses gain nothing from the optimizer. */}
      <img
        className={styles.picture}
        src={picture.large}
        alt={picture.altText ?? t('pictureWithoutDescription')}
        width={width}
        height={height}
        loading="lazy"
        decoding="async"
        referrerPolicy="no-referrer"
      />
    </a>
  );
}

/** A post's pictures, which open over the page, and videos; null means that they could not be asked for just now. */
export function MediaGrid({ media }: { media: Picture[] | null }) {
  const t = useTexts('media');
  if (media === null) {
    return <p className={styles.missing}>{t('notLoaded')}</p>;
  }
  if (media.length === 0) return null;
  return (
    <PictureOpener pictures={media.filter(isShown)} count={Math.min(media.length, 4)}>
      {media.map((picture) => (
        <li key={picture.id} className={styles.cell}>
          <Item picture={picture} />
        </li>
      ))}
    </PictureOpener>
  );
}
