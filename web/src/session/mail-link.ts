import { type CookieToSet, sessionCookies } from './cookies.ts';

/** The pages that mails link to, with a token in the address. */
export const MAIL_LINKS = ['/verify-email', '/reset-password', '/change-email'] as const;

export type MailLink = (typeof MAIL_LINKS)[number];

// As long as somebody may take over a form; the API knows how long a token is good.
const KEPT_S = 30 * 60;
const TOKEN = /^[\w-]{1,200}$/;

/** Gives the page that a path is, when mails link to it. */
export const mailLinkOf = (path: string): MailLink | null => MAIL_LINKS.find((link) => link === path) ?? null;

/** Takes request headers and a page, gives the name of the cookie that keeps the token of its link. */
export function mailCookieName(headers: Headers, link: MailLink): string {
  return sessionCookies(headers).access.replace('-access', link.replace('/', '-'));
}

/**
 * Takes the token of a link, gives the cookie that keeps it: it leaves the address, and with it the history,
 * the Referer and every log, before anything is shown. One that can be no token is forgotten.
 */
export function mailCookie(headers: Headers, link: MailLink, token: string | null): CookieToSet {
  const good = token !== null && TOKEN.test(token);
  return {
    name: mailCookieName(headers, link),
    value: good ? token : '',
    httpOnly: true,
    sameSite: 'lax',
    secure: sessionCookies(headers).secure,
    path: '/',
    maxAge: good ? KEPT_S : 0,
  };
}
