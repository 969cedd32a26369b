import type { IncomingMessage } from 'node:http';
import { isActionId, isArguments, isCall, isForm } from './action-frames.ts';
import { isFromHere } from './src/session/same-origin.ts';

/** Why a request is refused before Next sees it: what a browser did wrong would be a 500 there. */
export interface Refusal {
  status: number;
  reason: string;
  headers?: Record<string, string>;
}

const methods = ['GET', 'HEAD', 'POST', 'OPTIONS'];
/** As much as Next takes of a form. */
export const maxFormBytes = 1024 * 1024;

/** Null: nothing speaks against it. */
export function refusalOf({ method, headers }: IncomingMessage): Refusal | null {
  if (!methods.includes(method ?? '')) {
    return { status: 405, reason: 'There is no such method here.', headers: { allow: methods.join(', ') } };
  }
  if (method !== 'POST') return null;
  // By the rule that Next has for its actions. A form without an Origin comes from no page of another site.
  if (isFromHere((name) => [headers[name]].flat()[0]) === false) {
    return { status: 403, reason: 'This form was sent from another site.' };
  }
  if (Number(headers['content-length']) > maxFormBytes) {
    return { status: 413, reason: 'This is more than a form may hold.', headers: { connection: 'close' } };
  }
  const type = headers['content-type'] ?? '';
  if (isMultipart(type) && !/;\s*boundary=\S/i.test(type)) {
    return { status: 400, reason: 'This form does not say where its fields end.' };
  }
  return null;
}

/** What is wrong with a body that has come: fields that are none, or what calls an action without being its arguments. */
export async function refusalOfBody({ headers }: IncomingMessage, body: Buffer): Promise<Refusal | null> {
  const type = headers['content-type'] ?? '';
  const action = headers['next-action'];
  const isByScript = action !== undefined;
  if (isByScript && !isActionId(action)) return isBroken;
  if (!isMultipart(type)) return !isByScript || isArguments(body.toString()) ? null : isBroken;
  const fields = await fieldsOf(type, body);
  if (!fields) return isBroken;
  return (isByScript ? isCall(fields) : isForm(fields)) ? null : isBroken;
}

const isMultipart = (type: string) => /^multipart\/form-data\b/i.test(type);
const isBroken: Refusal = { status: 400, reason: 'This form is broken.' };

/** Read as Next reads it. */
const fieldsOf = (type: string, body: Buffer): Promise<FormData | null> =>
  new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData().catch(() => null);
