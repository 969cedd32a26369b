/** Why a file cannot be used, in words for people, and whether the same file may be sent again. */
export class UploadFault extends Error {
  override name = 'UploadFault';
  readonly canRetry: boolean;

  constructor(message: string, canRetry = false) {
    super(message);
    this.canRetry = canRetry;
  }
}
