import { createHash } from 'node:crypto';
import { OFFLINE_TEXTS, type OfflineLanguage } from './offline-texts.ts';

// Without a connection there is nothing else: what it looks like is in it. The colours are those of globals.css.
const style = `
:root { color-scheme: light dark; --paper: #f7f4ee; --ink: #1d1b18; --muted: #625d54; --accent: #0f6b5c; --on-accent: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #151412; --ink: #f1ede5; --muted: #aaa396; --accent: #63d2bb; --on-accent: #06251f; }
}
body {
  display: grid; place-content: center; min-height: 100dvh; margin: 0; padding: 1.5rem; box-sizing: border-box;
  background: var(--paper); color: var(--ink); font: 1rem/1.55 ui-sans-serif, system-ui, sans-serif;
}
main { max-width: 30rem; overflow-wrap: anywhere; }
h1 { margin: 0 0 0.75rem; font: 600 1.6rem/1.25 ui-serif, Georgia, serif; }
p { margin: 0 0 0.75rem; color: var(--muted); }
a {
  display: inline-block; margin-top: 0.5rem; padding: 0.55rem 1.1rem; border: 1px solid transparent; border-radius: 999px;
  background: var(--accent); color: var(--on-accent); font-weight: 600; text-decoration: none;
}
a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;

// The network may be there while the site is not: it is asked after pauses that grow, while somebody looks.
const script = `
addEventListener('online', () => location.reload());
let pause = 3000;
const look = async () => {
  const isThere = document.visibilityState === 'visible' && navigator.onLine &&
    (await fetch('/livez', { cache: 'no-store' }).then((answer) => answer.ok, () => false));
  if (isThere) location.reload();
  else setTimeout(look, (pause = Math.min(pause * 1.5, 60000)));
};
setTimeout(look, pause);
`;

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The policy of the page: its own style and script, and the question whether the site is there. */
export const offlinePolicy = [
  `default-src 'none'`,
  `style-src ${hashOf(style)}`,
  `script-src ${hashOf(script)}`,
  `connect-src 'self'`,
  `base-uri 'none'`,
  `form-action 'none'`,
  `frame-ancestors 'none'`,
].join('; ');

/** The page that stands for any other where there is no connection. It has nothing of anybody. */
export function offlinePage(language: OfflineLanguage): string {
  const { title, why, meanwhile, again } = OFFLINE_TEXTS[language];
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · SocialHub</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${why}</p>
<p>${meanwhile}</p>
<a href="">${again}</a>
</main>
<script>${script}</script>
</body>
</html>
`;
}
