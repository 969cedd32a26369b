import type { IncomingHttpHeaders } from 'node:http';
import type { OperationParams } from './operation-params.ts';

/** A well-formed request for /graphql. */
export interface HttpRequest {
  method: 'GET' | 'POST';
  headers: IncomingHttpHeaders;
  params: OperationParams;
  /** Of the answer, where it is one text. */
  mediaType: MediaType;
  /** There for clients that take deferred fragments in parts. */
  takePart?: TakePart | undefined;
}

export type MediaType = `application/${'json' | 'graphql-response+json'}; charset=utf-8`;

/** Takes the parts of a response, JSON each, as they come. */
export type TakePart = (json: string, isLast: boolean) => void;

export interface HttpResponse {
  status: number;
  headers: Record<string, string>;
  text: string;
}
