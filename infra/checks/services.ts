import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What must be said of each service outside of its folder; `NAME` stands for the service. */
const places: Readonly<Record<string, string>> = {
  'platform/src/contracts/services.ts': "'NAME'",
  'platform/src/contracts/subscriptions.ts': '  NAME: [',
  'biome.json': '"@socialhub/NAME/**"',
  'rover.yaml': '  NAME:',
  'compose.yaml': '  NAME:',
  'infra/docker/Dockerfile': 'COPY subgraphs/NAME/package.json',
  'infra/local/src/one-process.ts': "'@socialhub/NAME'",
};

/** One sentence for each place that does not name a service. `read` gives a file's text. */
export function placeFaults(services: readonly string[], read: (path: string) => string): string[] {
  return Object.entries(places).flatMap(([path, pattern]) => {
    const text = read(path);
    return services
      .filter((service) => !text.includes(pattern.replace('NAME', service)))
      .map((service) => `${path} does not name the service ${service}`);
  });
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '../..');
  const services = readdirSync(join(root, 'subgraphs'));
  const faults = placeFaults(services, (path) => readFileSync(join(root, path), 'utf8'));
  for (const line of faults) process.stderr.write(`${line}\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
