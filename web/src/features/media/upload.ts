import { textsNow } from '#texts';
import { formFaults, messageOf } from '../../forms/form-state.ts';
import { type FaultCode, faultsOf } from '../../gateway/faults.ts';
import type { Graph } from '../../graph/client.ts';
import { checkFile, type MediaLimits } from './check-file.ts';
import {
  CompleteUploadDocument,
  CreateUploadDocument,
  DeleteMediaDocument,
  MediaLimitsDocument,
  SetAltTextDocument,
  UploadStateDocument,
  type UploadStateFragment,
} from './generated/documents.ts';
import { sendFile } from './send-file.ts';
import { UploadFault } from './upload-fault.ts';

/*
 * A file on its way from the browser to the storage: announced, sent, examined. Loaded with the graph, by `import()` alone. Components
 * use it through use-uploads.ts.
 */

/** How far a file is: how much of it was sent, from 0 to 1; 1 while it is examined. */
export type ShowSent = (sent: number) => void;

const pausesMs = [500, 1_000, 2_000, 4_000];
/** Whatever takes longer to be examined has failed as far as its owner is concerned. */
const examinedMs = 180_000;

/** What files are held to. Throws UploadFault. */
export async function mediaLimits({ client }: Graph): Promise<MediaLimits> {
  const { data } = await inWords(client.query({ query: MediaLimitsDocument }));
  if (!data?.mediaLimits) throw new UploadFault(await messageOf(undefined), true);
  return data.mediaLimits;
}

/**
 * Uploads a file and gives the id of its media, which is READY. `key` makes of all attempts at one file one media. Whoever aborts
 * gives its room back. Throws UploadFault, and the signal's reason.
 */
export async function upload(
  graph: Graph,
  file: Blob,
  { key, signal, show }: { key: string; signal: AbortSignal; show: ShowSent },
): Promise<string> {
  const { client } = graph;
  const mimeType = await checkFile(file, await mediaLimits(graph));
  signal.throwIfAborted();
  const input = { mimeType, byteSize: file.size, idempotencyKey: key };
  const { data } = await inWords(client.mutate({ mutation: CreateUploadDocument, variables: { input } }));
  const made = data?.createUpload;
  if (!made) throw new UploadFault(await messageOf(undefined), true);
  const { media, ticket } = made;
  try {
    // An attempt before may have come further than its answer.
    if (media.status === 'AWAITING_UPLOAD') await sendFile(ticket, file, signal, show);
    show(1);
    await untilReady(graph, media, signal);
  } catch (error) {
    if (signal.aborted) discard(graph, media.id);
    throw error;
  }
  return media.id;
}

/** Says what media of one's own shows. Throws UploadFault. */
export async function describe({ client }: Graph, mediaId: string, altText: string): Promise<void> {
  const variables = { input: { mediaId, altText } };
  await inWords(client.mutate({ mutation: SetAltTextDocument, variables }));
}

/** Takes away what nobody will see. It is deleted some day anyhow. */
export function discard({ client }: Graph, mediaId: string): void {
  client.mutate({ mutation: DeleteMediaDocument, variables: { input: { mediaId } } }).catch(() => undefined);
}

async function untilReady({ client }: Graph, { id }: UploadStateFragment, signal: AbortSignal) {
  const deadline = performance.now() + examinedMs;
  const mutation = { mutation: CompleteUploadDocument, variables: { mediaId: id } };
  const { data } = await inWords(client.mutate(mutation));
  let media = data?.completeUpload?.media;
  for (let turn = 0; media?.status === 'PROCESSING' && performance.now() < deadline; turn += 1) {
    await pause(pausesMs[Math.min(turn, pausesMs.length - 1)] ?? 0, signal);
    const query = { query: UploadStateDocument, variables: { id }, fetchPolicy: 'network-only' } as const;
    media = (await inWords(client.query(query))).data?.media ?? undefined;
  }
  signal.throwIfAborted();
  if (media?.status !== 'READY') throw await failureOf(media);
}

async function failureOf(media: UploadStateFragment | undefined): Promise<UploadFault> {
  const t = await textsNow('uploads');
  switch (media?.failure) {
    case 'MISSING':
      return new UploadFault(t('missing'), true);
    case 'TOO_LARGE':
      return new UploadFault(t('tooLarge'));
    case 'TYPE_MISMATCH':
    case 'UNSUPPORTED_TYPE':
      return new UploadFault(t('kindNotTaken'));
    case 'CORRUPT':
      return new UploadFault(t('damaged'));
    case 'TIMED_OUT':
      return new UploadFault(t('takesTooLong'));
    default:
      return new UploadFault(t('couldNotPrepare'), true);
  }
}

const passing: readonly FaultCode[] = [
  'UNAVAILABLE',
  'RATE_LIMITED',
  'UNAUTHENTICATED',
  'INTERNAL_SERVER_ERROR',
];

/** What the graph answers; its faults as an UploadFault. */
async function inWords<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    const faults = faultsOf(error);
    const t = await textsNow('uploads');
    const labels = { byteSize: t('thisFile'), mimeType: t('itsType'), altText: t('aDescription') };
    const { fields, message } = await formFaults(faults, {}, labels);
    const text = Object.values(fields)[0] ?? message ?? (await messageOf(faults[0]));
    throw new UploadFault(
      text,
      faults.some(({ code }) => passing.includes(code)),
    );
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
