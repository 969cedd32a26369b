import Bowser from 'bowser';

/** Takes a User-Agent, gives what people call it ('Firefox on Linux'); of a program its name. */
export function deviceName(userAgent: string | null): string {
  if (!userAgent?.trim()) return 'Unknown device';
  const { browser, os } = Bowser.parse(userAgent);
  if (browser.name && os.name) return `${browser.name} on ${os.name}`;
  return browser.name || os.name || (/^[^\s/(]{1,40}/.exec(userAgent.trim())?.[0] ?? 'Unknown device');
}
