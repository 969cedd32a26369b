import { S3Fault } from './fault.ts';

/**
 * What a request asks for, whatever its first line holds: a path, or a whole address whose host is left out of account.
 * Throws InvalidURI for anything else.
 */
export function readTarget(target: string | undefined): URL {
  const isPath = target?.startsWith('/');
  // Not resolved against a base: `//name` would be another host, and `//` none at all.
  const url = URL.parse(isPath ? `http://local${target}` : (target ?? ''));
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new S3Fault(400, 'InvalidURI', "Couldn't parse the specified URI.");
  }
  return url;
}
