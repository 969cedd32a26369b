'use client';

import { type PointerEvent, useEffect, useId, useRef, useState, type WheelEvent } from 'react';
import { useTexts } from '#texts';
import { FormMessage } from '../../ui/form-message.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { areaOf, type Crop, mostZoom, moved, wholeCrop, zoomed } from './crop.ts';
import styles from './crop-dialog.module.css';
import { PICTURE_KINDS, type PictureKind } from './picture-kinds.ts';

/** Lets one choose a part of a picture, by pointer and by keyboard. `onSave` is given that part, and throws a text for people. */
export default function CropDialog({
  kind,
  picture,
  onSave,
  onClose,
}: {
  kind: PictureKind;
  picture: ImageBitmap;
  onSave: (part: Blob, show: (sent: number) => void) => Promise<void>;
  onClose: () => void;
}) {
  const t = useTexts('profile');
  const dialog = useRef<HTMLDialogElement>(null);
  const stage = useRef<HTMLCanvasElement>(null);
  const [crop, setCrop] = useState(wholeCrop);
  const [sent, setSent] = useState<number | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const title = useId();
  const { ratio, width } = PICTURE_KINDS[kind];
  const height = width / ratio;

  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    const area = areaOf(crop, picture, ratio);
    const context = stage.current?.getContext('2d');
    if (!context) return;
    // What lets things show through has a ground.
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
    context.drawImage(picture, area.left, area.top, area.width, area.height, 0, 0, width, height);
  }, [crop, picture, ratio, width, height]);

  function onPointerMove(event: PointerEvent<HTMLCanvasElement>) {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const { clientWidth, clientHeight } = event.currentTarget;
    const [right, down] = [event.movementX / clientWidth, event.movementY / clientHeight];
    setCrop((before) => moved(before, picture, ratio, right, down));
  }
  const onWheel = ({ deltaY }: WheelEvent) =>
    setCrop((before) => zoomed(before, before.zoom * (deltaY < 0 ? 1.1 : 1 / 1.1), picture, ratio));

  async function save() {
    if (sent !== null) return;
    setFault(null);
    setSent(0);
    const part = await new Promise<Blob | null>((resolve) =>
      stage.current?.toBlob(resolve, 'image/jpeg', 0.9),
    );
    try {
      if (!part) throw new Error(t('notCut'));
      await onSave(part, setSent);
      dialog.current?.close();
    } catch (error) {
      setSent(null);
      setFault(error instanceof Error ? error.message : String(error));
    }
  }

  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={title} onClose={onClose}>
      <h2 id={title} className={styles.title}>
        {t(kind === 'avatar' ? 'yourAvatar' : 'yourBanner')}
      </h2>
      <div className={styles.frame} data-kind={kind}>
        {/* What it does by pointer the sliders do by every other means. */}
        {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: it takes no focus. */}
        <canvas
          ref={stage}
          width={width}
          height={height}
          className={styles.stage}
          aria-hidden="true"
          onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
          onPointerMove={onPointerMove}
          onWheel={onWheel}
        />
      </div>
      <p className={styles.hint}>{kind === 'avatar' ? t('cropAvatar') : t('cropBanner')}</p>
      <Sliders crop={crop} onChange={setCrop} picture={picture} ratio={ratio} />
      <FormMessage text={fault} />
      {sent !== null && <progress className={styles.progress} value={sent} aria-label={t('sent')} />}
      <p className={styles.actions}>
        <PendingButton
          type="button"
          className="button primary"
          pending={sent !== null}
          waiting={t('saving')}
          onClick={save}
        >
          {t(kind === 'avatar' ? 'useAvatar' : 'useBanner')}
        </PendingButton>
        <button type="button" className="button" onClick={() => dialog.current?.close()}>
          {t('cancel')}
        </button>
      </p>
    </dialog>
  );
}

function Sliders({
  crop,
  onChange,
  picture,
  ratio,
}: {
  crop: Crop;
  onChange: (crop: Crop) => void;
  picture: ImageBitmap;
  ratio: number;
}) {
  const t = useTexts('profile');
  const { width, height } = areaOf(crop, picture, ratio);
  const sliders = [
    { label: t('closer'), value: (crop.zoom - 1) / (mostZoom - 1), isOn: true },
    { label: t('leftRight'), value: crop.x, isOn: picture.width > width },
    { label: t('topBottom'), value: crop.y, isOn: picture.height > height },
  ];
  const change = (at: number, value: number) => {
    if (at === 0) onChange(zoomed(crop, 1 + value * (mostZoom - 1), picture, ratio));
    else onChange(at === 1 ? { ...crop, x: value } : { ...crop, y: value });
  };
  return (
    <div className={styles.sliders}>
      {sliders.map(({ label, value, isOn }, at) => (
        <label key={label} className={styles.slider}>
          {label}
          <input
            type="range"
            min={0}
            max={1}
            step={0.02}
            value={value}
            aria-disabled={!isOn || undefined}
            onChange={({ currentTarget }) => isOn && change(at, Number(currentTarget.value))}
          />
        </label>
      ))}
    </div>
  );
}
