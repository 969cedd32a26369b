import { DataExportProgressSubscription } from '../../../../gateway/operations.ts';
import { subscribe } from '../../../../gateway/subscribe.ts';
import { currentCaller } from '../../../../session/current-session.ts';

export const dynamic = 'force-dynamic';

const ID = /^[\w-]{1,100}$/;

/** Streams how far an archive of the signed-in person is, as server-sent events; comes back from the last id. */
export async function GET(request: Request): Promise<Response> {
  const id = new URL(request.url).searchParams.get('id') ?? '';
  const caller = await currentCaller();
  if (!caller.accessToken) return new Response(null, { status: 401 });
  if (!ID.test(id)) return new Response(null, { status: 400 });
  const after = request.headers.get('last-event-id') || null;
  const stop = new AbortController();
  const signal = AbortSignal.any([request.signal, stop.signal]);
  const encoder = new TextEncoder();

  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      subscribe(DataExportProgressSubscription, { id, after }, caller, signal, {
        data({ dataExportProgress }) {
          if (dataExportProgress === null) return;
          const { status, partsDone, partsTotal } = dataExportProgress.export;
          const data = JSON.stringify({ status, partsDone, partsTotal });
          controller.enqueue(encoder.encode(`id: ${dataExportProgress.cursor}\ndata: ${data}\n\n`));
        },
        end: () => {
          if (!stop.signal.aborted) controller.close();
        },
      });
    },
    cancel: () => stop.abort(),
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    },
  });
}
