import type { IncomingMessage } from 'node:http';
import { targetOf, targetUrl } from '@socialhub/platform/http/request-target';
import { S3Fault } from './fault.ts';

/** What a request asks for; the host is left out of account. Throws InvalidURI where it names nothing. */
export function readTarget(request: IncomingMessage): URL {
  if (targetOf(request).path === '') {
    throw new S3Fault(400, 'InvalidURI', "Couldn't parse the specified URI.");
  }
  return targetUrl(request);
}
