import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { SiteHeader } from '../components/site-header.tsx';
import { currentSession } from '../session/current-session.ts';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'SocialHub', template: '%s · SocialHub' },
  description: 'A social network of your own.',
  referrer: 'strict-origin-when-cross-origin',
};

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f7f4ee' },
    { media: '(prefers-color-scheme: dark)', color: '#151412' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const session = await currentSession();
  return (
    <html lang="en">
      <body>
        <a href="#main" className="skip">
          Skip to the content
        </a>
        <SiteHeader session={session} />
        <main id="main" tabIndex={-1}>
          {children}
        </main>
        <footer className="footer">
          <p>SocialHub · a social network of your own</p>
        </footer>
      </body>
    </html>
  );
}
