import { textsNow } from '#texts';
import type { CreateUploadMutation } from './generated/documents.ts';
import { UploadFault } from './upload-fault.ts';

export type Ticket = NonNullable<CreateUploadMutation['createUpload']>['ticket'];

/** A line on which nothing moves for so long is dead. */
const stalledMs = 30_000;

/**
 * Sends a file to where its ticket says, and calls back with how much of it is there, from 0 to 1. Throws UploadFault, and the
 * signal's reason. `fetch` cannot tell how far it is.
 */
export function sendFile(
  ticket: Ticket,
  file: Blob,
  signal: AbortSignal,
  show: (sent: number) => void,
): Promise<void> {
  const form = new FormData();
  for (const { name, value } of ticket.fields) form.append(name, value);
  form.append('file', file);
  const request = new XMLHttpRequest();
  return new Promise<void>((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = () => request.abort();
    const waitOn = () => {
      clearTimeout(timer);
      timer = setTimeout(stop, stalledMs);
    };
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      waitOn();
      show(total > 0 ? loaded / total : 0);
    });
    request.addEventListener('loadend', () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      if (signal.aborted) reject(signal.reason);
      else if (request.status >= 200 && request.status < 300) resolve();
      else faultOf(request.status, request.responseText).then(reject, reject);
    });
    signal.addEventListener('abort', stop);
    request.open('POST', ticket.url);
    request.send(form);
    waitOn();
    if (signal.aborted) stop();
  });
}

/** What the storage answered; 0 is no answer. Its codes are those of the S3 API. */
async function faultOf(status: number, text: string): Promise<UploadFault> {
  const t = await textsNow('uploads');
  if (status === 0) return new UploadFault(t('lineIsCut'), true);
  if (text.includes('EntityTooLarge')) return new UploadFault(t('largerThanAllowed'));
  if (status === 403) return new UploadFault(t('tookTooLong'), true);
  return new UploadFault(t('notStored'), true);
}
