import type { IncomingMessage } from 'node:http';

/**
 * Waits until all of a request's body is there, at most `limit` bytes, and leaves it to be read: whoever sends slowly
 * holds nothing yet of what answers. Gives it, or why there is none: it may be too large, or its sender gone.
 */
export function untilWhole(
  request: IncomingMessage,
  limit: number,
): Promise<Buffer | 'too large' | 'broken off'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (outcome: Buffer | 'too large' | 'broken off') => {
      request.off('readable', take);
      request.off('close', breakOff);
      // In the next turn its stream has noticed that nobody listens.
      setImmediate(() => resolve(outcome));
    };
    const breakOff = () => end('broken off');
    const take = () => {
      for (let chunk: Buffer | null = request.read(); chunk !== null; chunk = request.read()) {
        chunks.push(chunk);
        size += chunk.length;
        if (size > limit) return end('too large');
      }
      if (!request.complete) return undefined;
      // Before its end is told to those who listen, which is in a later turn.
      const body = Buffer.concat(chunks, size);
      if (size > 0) request.unshift(body);
      return end(body);
    };
    request.on('close', breakOff);
    request.on('readable', take);
  });
}
