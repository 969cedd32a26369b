import Link from 'next/link';
import { useTexts } from '#texts';
import styles from './landing.module.css';

const PROMISES = [
  { title: 'yours', text: 'yoursText' },
  { title: 'inOrder', text: 'inOrderText' },
  { title: 'open', text: 'openText' },
] as const;

const SCENE = [
  { name: 'Ines', handle: 'ines', tone: 0, text: 'sceneGarden' },
  { name: 'Tomás', handle: 'tomas', tone: 2, text: 'sceneChoir' },
  { name: 'Wanjiru', handle: 'wanjiru', tone: 4, text: 'sceneTheatre' },
] as const;

/** What a visitor without a session sees first. */
export function Landing() {
  const t = useTexts('landing');
  return (
    <div className={styles.landing}>
      <section className={styles.hero} aria-labelledby="landing-title">
        <div>
          <h1 id="landing-title" className={styles.title}>
            {t('title')}
          </h1>
          <p className={styles.lead}>{t('lead')}</p>
          <p className={styles.actions}>
            <Link href="/sign-up" className="button primary large" prefetch={false}>
              {t('createAccount')}
            </Link>
            <Link href="/explore" className="button large" prefetch={false}>
              {t('lookAround')}
            </Link>
          </p>
          <p className={styles.aside}>
            {t('hereBefore')}{' '}
            <Link href="/sign-in" prefetch={false}>
              {t('signIn')}
            </Link>
          </p>
        </div>
        <div className={styles.scene} aria-hidden="true">
          {SCENE.map((card) => (
            <div key={card.handle} className={styles.card}>
              <span className={styles.face} data-tone={card.tone}>
                {card.name[0]}
              </span>
              <div>
                <p className={styles.who}>
                  {card.name} <span>@{card.handle}</span>
                </p>
                <p>{t(card.text)}</p>
              </div>
            </div>
          ))}
        </div>
      </section>
      <section className={styles.promises} aria-label={t('whatItIs')}>
        {PROMISES.map((promise) => (
          <div key={promise.title}>
            <h2>{t(promise.title)}</h2>
            <p>{t(promise.text)}</p>
          </div>
        ))}
      </section>
    </div>
  );
}
