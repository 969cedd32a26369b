import { textsNow } from '#texts';
import { formFaults, messageOf, readFields } from '../../forms/form-state.ts';
import type { Send } from '../../gateway/send.ts';
import { MuteDocument } from './generated/documents.ts';
import { MUTE_HOURS } from './mute-hours.ts';

/** Takes what the form sends for how long, a term or the moment that was told before; undefined where it is neither. */
function untilOf(muteFor: string): string | null | undefined {
  if (!Object.hasOwn(MUTE_HOURS, muteFor)) return Number.isNaN(Date.parse(muteFor)) ? undefined : muteFor;
  const hours = MUTE_HOURS[muteFor as keyof typeof MUTE_HOURS];
  return hours === null ? null : new Date(Date.now() + hours * 3_600_000).toISOString();
}

/** Mutes somebody for as long as the form says, or changes how they are muted; gives a text when it is refused. */
export async function mutePerson(send: Send, form: unknown): Promise<string | null> {
  const t = await textsNow('relationships');
  const { userId, muteFor, notifications } = readFields(form, ['userId', 'muteFor', 'notifications']);
  const until = untilOf(muteFor);
  if (until === undefined) return await messageOf(undefined);
  const input = { userId, until, notifications: notifications !== '' };
  const { faults } = await send(MuteDocument, { input });
  if (faults.length === 0) return null;
  const { fields, message } = await formFaults(faults, {}, { userId: t('thisPerson'), until: t('theEnd') });
  return fields.userId ?? fields.until ?? message;
}
