/** A refusal in S3's own terms: answered as `<Error><Code>` with its HTTP status. */
export class S3Fault extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'S3Fault';
    this.status = status;
    this.code = code;
  }
}

export const accessDenied = (message: string): S3Fault => new S3Fault(403, 'AccessDenied', message);
export const noSuchKey = (): S3Fault => new S3Fault(404, 'NoSuchKey', 'The specified key does not exist.');
