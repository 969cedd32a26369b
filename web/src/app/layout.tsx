import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { MessagesLink } from '../features/chat/messages-link.tsx';
import { NotificationsLink } from '../features/notifications/notifications-link.tsx';
import { OfflineWorker } from '../features/offline/offline-worker.tsx';
import { OutboxSender } from '../features/shell/outbox-sender.tsx';
import shell from '../features/shell/shell.module.css';
import { SiteFooter } from '../features/shell/site-footer.tsx';
import { SiteHeader } from '../features/shell/site-header.tsx';
import { publicGatewayAddress } from '../gateway/public-address.ts';
import { Live } from '../graph/live.tsx';
import { currentSession, type Session } from '../session/current-session.ts';
import { publicOrigin } from '../session/public-origin.ts';
import { Clock } from '../ui/clock.tsx';
import './globals.css';

const description = 'A social network of your own.';

export async function generateMetadata(): Promise<Metadata> {
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
  const session = await currentSession();
  const viewer = viewerOf(session);
  return (
    <html lang="en">
      <body>
        <a href="#main" className="skip">
          Skip to the content
        </a>
        <Clock now={Date.now()}>
          <Live
            viewerId={viewer}
            gateway={viewer ? publicGatewayAddress(process.env.PUBLIC_GATEWAY_URL) : null}
          >
            <div className={shell.shell} data-member={session.state === 'signedIn' || undefined}>
              <SiteHeader session={session}>
                {session.state === 'signedIn' && (
                  <>
                    <NotificationsLink unread={session.unread} />
                    <MessagesLink unread={session.unreadConversations} />
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
            {session.state === 'signedIn' && <OutboxSender />}
            <OfflineWorker />
          </Live>
        </Clock>
      </body>
    </html>
  );
}

/** Null: nobody is signed in; undefined: who is cannot be told now. */
function viewerOf(session: Session): string | null | undefined {
  if (session.state === 'signedOut') return null;
  return session.state === 'signedIn' ? session.viewer?.id : undefined;
}
