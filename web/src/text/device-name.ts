import Bowser from 'bowser';
import type { TextsOf } from '../i18n/texts.ts';

/** Takes a User-Agent, gives what people call it ('Firefox on Linux'); of a program its name. */
export function deviceName(t: TextsOf<'settings'>, userAgent: string | null): string {
  if (!userAgent?.trim()) return t('unknownDevice');
  const { browser, os } = Bowser.parse(userAgent);
  if (browser.name && os.name) return t('deviceOn', { browser: browser.name, os: os.name });
  return browser.name || os.name || (/^[^\s/(]{1,40}/.exec(userAgent.trim())?.[0] ?? t('unknownDevice'));
}
