import { offlinePage, offlinePolicy } from './offline-page.ts';
import type { OfflineLanguage } from './offline-texts.ts';

const made = new Map<OfflineLanguage, string>();

/**
 * The script of the service worker: where a page cannot be had it answers with the one that it carries. It keeps nothing and answers
 * nothing else, so that nothing of anybody can stay with it; a browser takes a new one when its text is another.
 */
export function workerText(language: OfflineLanguage): string {
  const text = made.get(language) ?? write(language);
  made.set(language, text);
  return text;
}

const write = (language: OfflineLanguage) => `'use strict';
const page = ${JSON.stringify(offlinePage(language))};
const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': ${JSON.stringify(offlinePolicy)},
  'cache-control': 'no-store',
};
addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => {
  // So that no page waits for this to begin.
  event.waitUntil(Promise.all([clients.claim(), registration.navigationPreload?.enable()]));
});
addEventListener('fetch', (event) => {
  if (event.request.mode === 'navigate' && event.request.method === 'GET') event.respondWith(answer(event));
});
async function answer(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return new Response(page, { status: 503, headers });
  }
}
`;
