import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Visit } from '../../web/tests/browser.ts';
import type { LiveSite, Player } from './site.ts';

const texts = {
  markup: '<img src=x onerror="window.owned=1">',
  emoji: '👩🏽‍❤️‍💋‍👨🏿'.repeat(300),
  unbroken: 'W'.repeat(5_000),
  overrides: '\u202e\u2067evil\u202dexe.\u202e שלום',
};
type Text = keyof typeof texts;
const all = Object.keys(texts) as Text[];

interface Form {
  what: string;
  /** Opens the form and gives the field. */
  open(page: Page): Promise<Locator>;
  button: string;
  /** Which texts are refused; the others are taken. */
  refused: readonly Text[];
  /** Where nothing is told of a field alone, so that nobody learns who has an account. */
  told?: RegExp;
  /** Nobody is signed in. */
  isVisitor?: boolean;
}

/** What nobody should write is written into every form, on the narrowest phone. */
export function tellOfBadInput(site: LiveSite): void {
  let anns: Player;
  let bens: Player;
  let visitor: Visit;

  beforeAll(async () => {
    const viewport = { width: 320, height: 640 };
    [anns, bens, visitor] = await Promise.all([
      site.enter('Ann', { viewport }),
      site.enter('Ben'),
      site.open({ viewport }),
    ]);
  }, 120_000);
  afterAll(() => site.leave());

  const at =
    (path: string, label: string | RegExp) =>
    async (page: Page): Promise<Locator> => {
      await page.goto(path);
      await page.waitForLoadState('networkidle');
      return page.getByRole('main').getByLabel(label, { exact: true });
    };
  const inPost = (open: (page: Page) => Promise<Locator>) => async (page: Page) => {
    await page.goto(`/u/${anns.person.username}`);
    await page
      .getByRole('link', { name: /to this post/ })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: 'Post' }).waitFor();
    await page.waitForLoadState('networkidle');
    return open(page);
  };
  const inChat = async (page: Page) => {
    await page.goto(`/u/${bens.person.username}`);
    await page.getByRole('button', { name: 'Message' }).click();
    const field = page.getByRole('textbox', { name: 'Message' });
    await field.waitFor();
    await page.waitForLoadState('networkidle');
    return field;
  };

  const forms: Form[] = [
    {
      what: 'a post',
      open: at('/', 'What would you like to say?'),
      button: 'Post',
      refused: ['unbroken'],
    },
    {
      what: 'a comment',
      open: inPost(async (page) => page.getByLabel('Your comment', { exact: true })),
      button: 'Comment',
      refused: ['unbroken'],
    },
    {
      what: 'a changed post',
      open: inPost(async (page) => {
        await page.getByRole('button', { name: 'More about this post' }).first().click();
        await page.getByRole('link', { name: 'Edit', exact: true }).click();
        await page.waitForURL(/\/edit$/);
        await page.waitForLoadState('networkidle');
        return page.getByLabel('Text', { exact: true });
      }),
      button: 'Save',
      refused: ['unbroken'],
    },
    { what: 'a message', open: inChat, button: 'Send', refused: [] },
    {
      what: 'a name',
      open: at('/settings/profile', 'Name'),
      button: 'Save',
      refused: ['emoji', 'unbroken', 'overrides'],
    },
    {
      what: 'a bio',
      open: at('/settings/profile', /^About you/),
      button: 'Save',
      refused: ['unbroken'],
    },
    {
      what: 'a new address',
      async open(page) {
        await page.goto('/settings/account');
        await page.waitForLoadState('networkidle');
        const form = page.locator('details', { hasText: 'Change the address' });
        await form.locator('summary').click();
        // The browser's own check would not let them through.
        await page.evaluate("document.querySelector('[name=newEmail]').form.noValidate = true");
        await form.getByLabel('Password').fill(anns.person.password);
        return form.getByLabel('New address');
      },
      button: 'Send the two mails',
      refused: all,
    },
    {
      what: 'a username',
      isVisitor: true,
      async open(page) {
        await page.goto('/sign-up');
        await page.waitForLoadState('networkidle');
        await page.getByLabel('Email').fill('bad-input@example.org');
        await page.getByLabel('Password').fill('a-long-enough-password');
        return page.getByLabel('Username');
      },
      button: 'Create account',
      refused: all,
    },
    {
      what: 'who signs in',
      isVisitor: true,
      async open(page) {
        await page.goto('/sign-in');
        await page.waitForLoadState('networkidle');
        await page.getByLabel('Password', { exact: true }).fill('a-long-enough-password');
        return page.getByLabel('Email or username');
      },
      button: 'Sign in',
      refused: all,
      told: /do not match|at the field/,
    },
  ];

  for (const { what, open, button, refused, told, isVisitor } of forms)
    for (const name of all) {
      const isRefused = refused.includes(name);
      it(`${name} as ${what} is ${isRefused ? 'refused' : 'taken as it is'}`, async () => {
        const { page } = isVisitor ? visitor : anns;
        const field = await open(page);
        await field.fill(texts[name]);
        await page.getByRole('main').getByRole('button', { name: button, exact: true }).last().click();
        await expect
          .poll(() => outcomeOf(page, field, texts[name]))
          .toMatch(isRefused ? (told ?? /^at the field$/) : /^taken$/);
        expect(await page.evaluate("'owned' in window")).toBe(false);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
      }, 60_000);
    }

  /** What has become of the text: it is taken, or its fault is told, at the field or (what it says) elsewhere. */
  async function outcomeOf(page: Page, field: Locator, text: string): Promise<string> {
    if ((await page.locator('main [aria-disabled="true"]').count()) > 0) return 'on its way';
    const alerts = await page.getByRole('main').getByRole('alert').allTextContents();
    if ((await field.count()) > 0 && (await field.first().getAttribute('aria-invalid')) === 'true') {
      const ids = ((await field.first().getAttribute('aria-describedby')) ?? '').split(' ');
      const faultId = ids.find((id) => id.endsWith('-fault'));
      const told = faultId && (await page.locator(`[id="${faultId}"]`).textContent());
      return told ? 'at the field' : 'nowhere';
    }
    if (alerts.length > 0) return alerts.join();
    const status = await page.getByRole('status').allTextContents();
    if (status.some((one) => /saved|published/.test(one))) return 'taken';
    // What the services clean is shown otherwise than it was written.
    const start = text === texts.overrides ? 'evil' : text.slice(0, 40);
    const isShown = (await page.getByRole('main').getByText(start).count()) > 0;
    return isShown ? 'taken' : 'on its way';
  }
}
