import { existsSync } from 'node:fs';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { waitForHydration } from './hydrated.ts';

const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

// As Debian's packages put them. The shell is the same engine without a window's worth of work: half the time.
const CHROMIUMS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/** The path of a Chromium: CHROMIUM_PATH, or one that is installed; undefined where there is none. */
export function findChromium(): string | undefined {
  return process.env.CHROMIUM_PATH || CHROMIUMS.find((path) => existsSync(path));
}

/** Starts Chromium. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium() ?? '/usr/bin/chromium', args: ARGS });
}

/** What Chromium says of a gateway that is away, and tests take away. */
const lineIsCut = /^(Failed to load resource|WebSocket connection to '[^']*' failed)/;

/** A page of its own session; `faults` collects script errors and what the Content-Security-Policy stopped. */
export interface Visit {
  page: Page;
  context: BrowserContext;
  faults: string[];
}

/** Opens a fresh visit to the site, as a browser that was never here. */
export async function visit(
  browser: Browser,
  baseURL: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  // What a service worker has a part in, a test's own routes do not see.
  const context = await browser.newContext({ baseURL, serviceWorkers: 'block', ...options });
  context.setDefaultTimeout(30_000);
  if (options.javaScriptEnabled !== false) context.on('page', waitForHydration);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !lineIsCut.test(message.text())) {
      faults.push(message.text());
    }
  });
  return { page, context, faults };
}

/** Gives the page's browser an authenticator that says yes, until it is told to refuse. */
export async function virtualAuthenticator(page: Page): Promise<{ refuse(): Promise<void> }> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    refuse: () =>
      devtools
        .send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
        .then(() => undefined),
  };
}
