import Link from 'next/link';
import styles from './landing.module.css';

const PROMISES = [
  {
    title: 'Yours',
    text: 'Your team runs it, on its own machines. No advertising, no tracking, no feed that somebody else tunes.',
  },
  {
    title: 'In order',
    text: 'The people you follow, newest first. Post to everyone or to your followers alone.',
  },
  {
    title: 'Open',
    text: 'Everything you see here is one GraphQL API: build your own app, bot or report on it.',
  },
];

const SCENE = [
  {
    name: 'Ines',
    handle: 'ines',
    tone: 0,
    text: 'The new greenhouse is up. Tomatoes by June, if the frost stays away.',
  },
  {
    name: 'Tomás',
    handle: 'tomas',
    tone: 2,
    text: 'Choir practice moves to Thursday this week. Bring the red folders!',
  },
  { name: 'Wanjiru', handle: 'wanjiru', tone: 4, text: 'Read-through of act two tonight. Tea is on me.' },
];

/** What a visitor without a session sees first. */
export function Landing() {
  return (
    <div className={styles.landing}>
      <section className={styles.hero} aria-labelledby="landing-title">
        <div>
          <h1 id="landing-title" className={styles.title}>
            A social network of your own.
          </h1>
          <p className={styles.lead}>
            SocialHub is the place where your people post, talk and keep up with each other, run by you.
          </p>
          <p className={styles.actions}>
            <Link href="/sign-up" className="button primary large" prefetch={false}>
              Create an account
            </Link>
            <Link href="/explore" className="button large" prefetch={false}>
              Look around
            </Link>
          </p>
          <p className={styles.aside}>
            Here before?{' '}
            <Link href="/sign-in" prefetch={false}>
              Sign in
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
                <p>{card.text}</p>
              </div>
            </div>
          ))}
        </div>
      </section>
      <section className={styles.promises} aria-label="What it is">
        {PROMISES.map((promise) => (
          <div key={promise.title}>
            <h2>{promise.title}</h2>
            <p>{promise.text}</p>
          </div>
        ))}
      </section>
    </div>
  );
}
