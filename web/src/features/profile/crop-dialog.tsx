'use client';

import { type PointerEvent, useEffect, useId, useRef, useState, type WheelEvent } from 'react';
import { FormMessage } from '../../ui/form-message.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { areaOf, type Crop, mostZoom, moved, wholeCrop, zoomed } from './crop.ts';
import styles from './crop-dialog.module.css';

/** As large as it is ever shown, on dense screens too. */
const pixels = 800;

/** Lets one choose a square of a picture, by pointer and by keyboard. `onSave` is given that square, and throws a text for people. */
export default function CropDialog({
  picture,
  onSave,
  onClose,
}: {
  picture: ImageBitmap;
  onSave: (square: Blob, show: (sent: number) => void) => Promise<void>;
  onClose: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const stage = useRef<HTMLCanvasElement>(null);
  const [crop, setCrop] = useState(wholeCrop);
  const [sent, setSent] = useState<number | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const title = useId();

  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    const { left, top, side } = areaOf(crop, picture);
    const context = stage.current?.getContext('2d');
    if (!context) return;
    // What lets things show through has a ground.
    context.fillStyle = '#fff';
    context.fillRect(0, 0, pixels, pixels);
    context.drawImage(picture, left, top, side, side, 0, 0, pixels, pixels);
  }, [crop, picture]);

  function onPointerMove(event: PointerEvent<HTMLCanvasElement>) {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const width = event.currentTarget.clientWidth;
    setCrop((before) => moved(before, picture, event.movementX / width, event.movementY / width));
  }
  const onWheel = ({ deltaY }: WheelEvent) =>
    setCrop((before) => zoomed(before, before.zoom * (deltaY < 0 ? 1.1 : 1 / 1.1), picture));

  async function save() {
    if (sent !== null) return;
    setFault(null);
    setSent(0);
    const square = await new Promise<Blob | null>((resolve) =>
      stage.current?.toBlob(resolve, 'image/jpeg', 0.9),
    );
    try {
      if (!square) throw new Error('This picture could not be cut. Please choose another.');
      await onSave(square, setSent);
      dialog.current?.close();
    } catch (error) {
      setSent(null);
      setFault(error instanceof Error ? error.message : String(error));
    }
  }

  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={title} onClose={onClose}>
      <h2 id={title} className={styles.title}>
        Your picture
      </h2>
      <div className={styles.frame}>
        {/* What it does by pointer the sliders do by every other means. */}
        {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: it takes no focus. */}
        <canvas
          ref={stage}
          width={pixels}
          height={pixels}
          className={styles.stage}
          aria-hidden="true"
          onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
          onPointerMove={onPointerMove}
          onWheel={onWheel}
        />
      </div>
      <p className={styles.hint}>The circle is what people see. Drag the picture, or use these:</p>
      <Sliders crop={crop} onChange={setCrop} picture={picture} />
      <FormMessage text={fault} />
      {sent !== null && <progress className={styles.progress} value={sent} aria-label="Sent" />}
      <p className={styles.actions}>
        <PendingButton
          type="button"
          className="button primary"
          pending={sent !== null}
          waiting="Saving…"
          onClick={save}
        >
          Use this picture
        </PendingButton>
        <button type="button" className="button" onClick={() => dialog.current?.close()}>
          Cancel
        </button>
      </p>
    </dialog>
  );
}

function Sliders({
  crop,
  onChange,
  picture,
}: {
  crop: Crop;
  onChange: (crop: Crop) => void;
  picture: ImageBitmap;
}) {
  const { side } = areaOf(crop, picture);
  const sliders = [
    { label: 'Closer', value: (crop.zoom - 1) / (mostZoom - 1), isOn: true },
    { label: 'Left to right', value: crop.x, isOn: picture.width > side },
    { label: 'Top to bottom', value: crop.y, isOn: picture.height > side },
  ];
  const change = (at: number, value: number) => {
    if (at === 0) onChange(zoomed(crop, 1 + value * (mostZoom - 1), picture));
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
