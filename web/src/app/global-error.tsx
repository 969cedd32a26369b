'use client';

import de from '../i18n/de/broken.json';
import en from '../i18n/en/broken.json';
import './globals.css';

/** Even the frame of the page failed, and with it the language: it speaks all. */
export default function GlobalError() {
  return (
    <html lang="en">
      <body>
        <title>{en.title}</title>
        <main className="column">
          {[
            { language: 'en', t: en },
            { language: 'de', t: de },
          ].map(({ language, t }) => (
            <section key={language} lang={language}>
              <h1 className="page-title">{t.wentWrong}</h1>
              <p>{t.ourFault}</p>
              <p>
                <a href="/" className="button primary">
                  {t.toStart}
                </a>
              </p>
            </section>
          ))}
        </main>
      </body>
    </html>
  );
}
