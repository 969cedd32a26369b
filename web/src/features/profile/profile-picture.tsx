'use client';

import { useRouter } from 'next/navigation';
import {
  type ChangeEvent,
  type ComponentType,
  type ReactNode,
  useActionState,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useTexts } from '#texts';
import type { Graph } from '../../graph/client.ts';
import { useGraph } from '../../graph/live.tsx';
import { refreshPage } from '../../graph/page-asked.ts';
import { randomKey } from '../../text/random-key.ts';
import { FormMessage } from '../../ui/form-message.tsx';
import { FormStatus } from '../../ui/form-status.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import type { PictureKind } from './picture-kinds.ts';
import styles from './profile-picture.module.css';
import { removePicture } from './remove-picture.action.ts';

type CropDialog = ComponentType<{
  kind: PictureKind;
  picture: ImageBitmap;
  onSave: (part: Blob, show: (sent: number) => void) => Promise<void>;
  onClose: () => void;
}>;

const TEXTS = {
  avatar: {
    choose: 'chooseAvatar',
    other: 'otherAvatar',
    remove: 'removeAvatar',
    scripts: 'scriptsAvatar',
    saved: 'savedAvatar',
  },
  banner: {
    choose: 'chooseBanner',
    other: 'otherBanner',
    remove: 'removeBanner',
    scripts: 'scriptsBanner',
    saved: 'savedBanner',
  },
} as const;

/** What telephones offer to convert to. */
const accepted = 'image/jpeg,image/png,image/webp,image/gif';

/** One's picture or banner, which `children` show: chosen, cut and sent by script, taken away without it too. */
export function ProfilePicture({
  kind,
  hasOne,
  children,
}: {
  kind: PictureKind;
  hasOne: boolean;
  children: ReactNode;
}) {
  const t = useTexts('profile');
  const texts = TEXTS[kind];
  const graph = useGraph();
  const router = useRouter();
  const [fault, remove, removing] = useActionState(removePicture, null);
  const [told, setTold] = useState<{ isFault: boolean; text: string } | null>(null);
  const [chosen, setChosen] = useState<{ picture: ImageBitmap; key: string; Dialog: CropDialog } | null>(
    null,
  );
  const [file, setFile] = useState<File | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const leaving = useRef<AbortController>(null);

  // Whoever is quicker than the graph is waited for.
  useEffect(() => {
    if (!file || !graph) return;
    async function open(here: Graph, of: File) {
      const [{ readPicture }, { default: Dialog }] = await Promise.all([
        import('./save-picture.ts'),
        import('./crop-dialog.tsx'),
      ]);
      const picture = await readPicture(here, of);
      leaving.current = new AbortController();
      setTold(null);
      setChosen({ picture, key: randomKey(), Dialog });
    }
    setFile(null);
    open(graph, file).catch((error: unknown) =>
      setTold({ isFault: true, text: error instanceof Error ? error.message : String(error) }),
    );
  }, [file, graph]);

  function onChange({ currentTarget }: ChangeEvent<HTMLInputElement>) {
    const [first] = currentTarget.files ?? [];
    // The same file may be chosen again.
    currentTarget.value = '';
    if (!first) return;
    setTold({ isFault: false, text: t('oneMoment') });
    setFile(first);
  }

  async function onSave(part: Blob, show: (sent: number) => void) {
    if (!graph || !chosen || !leaving.current) return;
    const { savePicture } = await import('./save-picture.ts');
    const { signal } = leaving.current;
    await savePicture(graph, kind, part, { key: chosen.key, signal, show });
    setTold({ isFault: false, text: t(texts.saved) });
    refreshPage(router);
  }

  function onClose() {
    leaving.current?.abort(new Error('It was not saved.'));
    chosen?.picture.close();
    setChosen(null);
    input.current?.focus();
  }

  return (
    <div className={styles.box}>
      {children}
      <div className={styles.tools}>
        <FormMessage text={told?.isFault ? told.text : fault} />
        <FormStatus text={told && !told.isFault ? told.text : null} />
        <div className={styles.actions}>
          <span className={styles.choose}>
            <input
              ref={input}
              id={kind}
              type="file"
              accept={accepted}
              className="visually-hidden"
              onChange={onChange}
            />
            <label htmlFor={kind} className="button">
              {t(hasOne ? texts.other : texts.choose)}
            </label>
          </span>
          {hasOne && (
            <form action={remove}>
              <input type="hidden" name="kind" value={kind} />
              <PendingButton className="button" pending={removing}>
                {t.rich(texts.remove, { hidden: (text) => <span className="visually-hidden">{text}</span> })}
              </PendingButton>
            </form>
          )}
        </div>
        <noscript>
          <p>{t(texts.scripts)}</p>
        </noscript>
      </div>
      {chosen && <chosen.Dialog kind={kind} picture={chosen.picture} onSave={onSave} onClose={onClose} />}
    </div>
  );
}
