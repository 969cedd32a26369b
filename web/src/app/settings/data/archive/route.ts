import { redirect } from 'next/navigation';
import { ask } from '../../../../gateway/client.ts';
import { DataExportUrlQuery } from '../../../../gateway/operations.ts';
import { currentCaller } from '../../../../session/current-session.ts';

export const dynamic = 'force-dynamic';

/** Leads to the archive of the signed-in person: its address is good for minutes, so it is asked for now. */
export async function GET(): Promise<Response> {
  const { data } = await ask(DataExportUrlQuery, {}, await currentCaller());
  const url = data?.dataExport?.url;
  if (!url) redirect('/settings/data');
  return new Response(null, {
    status: 303,
    headers: { location: url, 'cache-control': 'no-store' },
  });
}
