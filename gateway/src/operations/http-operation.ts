import type { IncomingHttpHeaders } from 'node:http';
import type { OperationParams } from './operation-params.ts';

/** A well-formed request for /graphql. */
export interface HttpRequest {
  method: 'GET' | 'POST';
  headers: IncomingHttpHeaders;
  params: OperationParams;
}

export interface HttpResponse {
  status: number;
  headers: Record<string, string>;
  text: string;
}
