import type { NextRequest } from 'next/server';
import { offlineLanguageOf } from '../../features/offline/offline-texts.ts';
import { workerText } from '../../features/offline/worker-text.ts';

const headers = {
  'content-type': 'text/javascript; charset=utf-8',
  'content-security-policy': `default-src 'none'; connect-src 'self'`,
  'cache-control': 'no-cache',
};

/** The service worker, whose page for no connection is in the language that `lang` names. */
export const GET = (request: NextRequest) =>
  new Response(workerText(offlineLanguageOf(request.nextUrl.searchParams.get('lang'))), { headers });
