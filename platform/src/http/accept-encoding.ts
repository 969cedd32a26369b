import { weightOf } from './weight.ts';

/**
 * The content coding to answer with, of those that the server has (the best first): the one that the client likes most,
 * among equals the server's first. Undefined is the body as it is, also where the client refuses even that
 * (RFC 9110, 12.5.3, leaves it to the server).
 */
export function chooseEncoding<Coding extends string>(
  acceptEncoding: string | undefined,
  available: readonly Coding[],
): Coding | undefined {
  if (!acceptEncoding) return undefined;
  const weights = weightsIn(acceptEncoding);
  const others = weights.get('*') ?? 0;
  let best: Coding | undefined;
  // The body as it is competes where the client names it; a coding that is liked as much wins.
  let most = weights.get('identity') ?? 0;
  for (const coding of available) {
    const weight = weights.get(coding) ?? others;
    if (weight > most || (weight === most && weight > 0 && !best)) {
      best = coding;
      most = weight;
    }
  }
  return best;
}

/** Whether a client takes the body as it is: unless it refuses that by name, or whatever it does not name. */
export function takesPlain(acceptEncoding: string): boolean {
  const weights = weightsIn(acceptEncoding);
  return (weights.get('identity') ?? weights.get('*') ?? 1) > 0;
}

function weightsIn(text: string): Map<string, number> {
  const weights = new Map<string, number>();
  for (const part of text.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';');
    const coding = name.trim();
    // RFC 9110, 8.4.1.3: the old name means the same.
    if (coding !== '') weights.set(coding === 'x-gzip' ? 'gzip' : coding, weightOf(parameters));
  }
  return weights;
}
