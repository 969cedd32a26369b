'use client';

import './globals.css';

/** Even the frame of the page failed. */
export default function GlobalError() {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong · SocialHub</title>
        <main className="column">
          <h1 className="page-title">Something went wrong</h1>
          <p>The fault is on our side. Trying again often helps.</p>
          <p>
            <a href="/" className="button primary">
              To the start page
            </a>
          </p>
        </main>
      </body>
    </html>
  );
}
