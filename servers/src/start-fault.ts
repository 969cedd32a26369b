/** A reason why SocialHub can't start that whoever started it can do something about: one clear sentence. */
export class StartFault extends Error {
  override readonly name = 'StartFault';
}
