import { type ServiceName, serviceNames } from '@socialhub/platform/contracts/services';
import { replicas } from '@socialhub/platform/replicas/replicas';
import { differencesText, verifyReplica } from '@socialhub/platform/replicas/verify';
import pg from 'pg';

/** Compares what each service has copied with what its owner has; gives what to print, and how many rows differ. */
export async function compareCopies(
  databases: Record<ServiceName, string>,
): Promise<{ lines: string[]; differing: number }> {
  const clients = new Map<ServiceName, pg.Client>();
  const clientOf = (service: ServiceName) => clients.get(service) as pg.Client;
  try {
    for (const service of serviceNames) {
      const client = new pg.Client({ connectionString: databases[service] });
      await client.connect();
      clients.set(service, client);
    }
    const lines: string[] = [];
    let differing = 0;
    for (const service of serviceNames) {
      for (const replica of replicas[service]) {
        const sides = { owner: clientOf(replica.owner), copy: clientOf(service) };
        const found = await verifyReplica(replica, sides);
        differing += found.missing + found.superfluous + found.different;
        lines.push(differencesText(service, replica, found));
      }
    }
    return { lines, differing };
  } finally {
    await Promise.all([...clients.values()].map((client) => client.end()));
  }
}
