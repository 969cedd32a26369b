import type { Metadata, Viewport } from 'next';
import { getLocale } from 'next-intl/server';
import type { ReactNode } from 'react';
import { textsNow } from '#texts';
import { OfflineWorker } from '../features/offline/offline-worker.tsx';
import {
  MemberMessagesLink,
  MemberNotificationsLink,
  MemberOutboxSender,
} from '../features/shell/for-members.tsx';
import shell from '../features/shell/shell.module.css';
import { SiteFooter } from '../features/shell/site-footer.tsx';
import { SiteHeader } from '../features/shell/site-header.tsx';
import { publicGatewayAddress } from '../gateway/public-address.ts';
import { Live } from '../graph/live.tsx';
import { MEMBER_ROOMS, PUBLIC_ROOMS } from '../i18n/client-rooms.ts';
import { ClientTexts } from '../i18n/client-texts.tsx';
import { directionOf } from '../i18n/languages.ts';
import { currentSession, type Session } from '../session/current-session.ts';
import { publicOrigin } from '../session/public-origin.ts';
import { unreadConversations } from '../session/unread-conversations.ts';
import { Clock } from '../ui/clock.tsx';
import './globals.css';

export async function generateMetadata(): Promise<Metadata> {
  const description = (await textsNow('shell'))('siteDescription');
  return {
    metadataBase: await publicOrigin(),
    title: { default: 'SocialHub', template: '%s · SocialHub' },
    description,
    referrer: 'strict-origin-when-cross-origin',
    icons: { apple: '/icons/apple-180.png' },
    openGraph: { siteName: 'SocialHub', description, images: ['/icons/icon-512.png'] },
  };
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f7f4ee' },
    { media: '(prefers-color-scheme: dark)', color: '#151412' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [session, unreadMessages] = await Promise.all([currentSession(), unreadConversations()]);
  const viewer = viewerOf(session);
  const [language, t] = await Promise.all([getLocale(), textsNow('shell')]);
  return (
    <html lang={language} dir={directionOf(language)}>
      <body>
        <a href="#main" className="skip">
          {t('skip')}
        </a>
        <ClientTexts rooms={session.state === 'signedOut' ? PUBLIC_ROOMS : MEMBER_ROOMS}>
          <Clock now={Date.now()}>
            <Live
              viewerId={viewer}
              gateway={viewer ? publicGatewayAddress(process.env.PUBLIC_GATEWAY_URL) : null}
            >
              <div className={shell.shell} data-member={session.state === 'signedIn' || undefined}>
                <SiteHeader session={session}>
                  {session.state === 'signedIn' && (
                    <>
                      <MemberNotificationsLink unread={session.unread} />
                      <MemberMessagesLink unread={unreadMessages} />
                    </>
                  )}
                </SiteHeader>
                <div className={shell.page}>
                  <main id="main" tabIndex={-1}>
                    {children}
                  </main>
                  <SiteFooter isMember={session.state === 'signedIn'} />
                </div>
              </div>
              {session.state === 'signedIn' && <MemberOutboxSender />}
              <OfflineWorker />
            </Live>
          </Clock>
        </ClientTexts>
      </body>
    </html>
  );
}

/** Null: nobody is signed in; undefined: who is cannot be told now. */
function viewerOf(session: Session): string | null | undefined {
  if (session.state === 'signedOut') return null;
  return session.state === 'signedIn' ? session.viewer?.id : undefined;
}
