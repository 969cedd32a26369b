import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy } from '@fastify/busboy';
import { S3Fault } from './fault.ts';

/** As much as S3 takes before the file: a policy and a handful of fields. */
const maxFieldBytes = 20_480;
const maxFields = 40;

/** An upload form up to where its file begins; the file has not been read. What follows the file is of no account. */
export interface PostForm {
  /** By lower-case name. */
  fields: Map<string, string>;
  /** Fails when the form breaks off. */
  file: Readable;
}

const malformed = () =>
  new S3Fault(400, 'MalformedPOSTRequest', 'The body is not well-formed multipart/form-data.');

/** Reads a form until its file begins. Throws the S3 fault that names what is wrong. */
export function readPostForm(request: IncomingMessage): Promise<PostForm> {
  const parser = parserOf(request);
  const fields = new Map<string, string>();
  let seen = 0;
  return new Promise((resolve, reject) => {
    let file: Readable | undefined;
    const refuse = (fault: Error) => {
      request.unpipe(parser);
      // One fault may be followed by others of the same body.
      parser.on('error', () => undefined);
      if (file) file.destroy(fault);
      reject(fault);
    };
    const tooMuch = () =>
      refuse(
        new S3Fault(400, 'MaxPostPreDataLengthExceeded', 'The fields that precede the file are too large.'),
      );
    parser.on('field', (name, value, _nameCut, isCut) => {
      if (file) return;
      if (isCut || fields.size >= maxFields) tooMuch();
      else fields.set(String(name).toLowerCase(), value);
    });
    parser.on('file', (_name, stream) => {
      file = stream;
      // Whoever reads it hears of what breaks it; nobody reads that of a form which is refused.
      file.on('error', () => undefined);
      resolve({ fields, file });
    });
    parser.on('fieldsLimit', tooMuch);
    parser.on('partsLimit', tooMuch);
    parser.on('error', () => refuse(malformed()));
    parser.on('finish', () => {
      reject(new S3Fault(400, 'InvalidArgument', 'POST requires exactly one file upload per request.'));
    });
    request.on('error', () => refuse(malformed()));
    request.on('close', () => {
      if (!request.complete) refuse(malformed());
    });
    request.on('data', (chunk: Buffer) => {
      // Of what was parsed before: the file may begin anywhere in this one.
      if (!file && seen > maxFieldBytes) tooMuch();
      seen += chunk.length;
    });
    request.pipe(parser);
  });
}

function parserOf(request: IncomingMessage) {
  try {
    return new Busboy({
      headers: { ...request.headers, 'content-type': request.headers['content-type'] ?? '' },
      limits: {
        fieldSize: maxFieldBytes,
        fields: maxFields,
        files: 1,
        parts: maxFields + 1,
        headerPairs: 8,
        headerSize: 2_048,
      },
      // A page may send it under any name for a file: the field counts.
      isPartAFile: (name) => name?.toLowerCase() === 'file',
    });
  } catch {
    throw malformed();
  }
}
