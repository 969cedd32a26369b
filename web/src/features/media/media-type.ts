/** What files begin with (the WHATWG's MIME sniffing standard, ISO/IEC 14496-12): where which bytes stand. The first that fits counts. */
const signatures: readonly (readonly [type: string, ...parts: (readonly [at: number, bytes: string])[]])[] = [
  ['image/jpeg', [0, '\xff\xd8\xff']],
  ['image/png', [0, '\x89PNG\r\n\x1a\n']],
  ['image/gif', [0, 'GIF87a']],
  ['image/gif', [0, 'GIF89a']],
  ['image/webp', [0, 'RIFF'], [8, 'WEBP']],
  ['image/avif', [4, 'ftypavi']],
  ['image/heic', [4, 'ftyphei']],
  ['image/heic', [4, 'ftyphev']],
  ['image/heic', [4, 'ftypmif1']],
  ['video/mp4', [4, 'ftyp']],
  ['video/webm', [0, '\x1a\x45\xdf\xa3']],
];

/** Takes a file, gives what it is by what it begins with, whatever its name says; null for what is neither picture nor video. */
export async function mediaTypeOf(file: Blob): Promise<string | null> {
  const beginning = String.fromCharCode(...new Uint8Array(await file.slice(0, 16).arrayBuffer()));
  const found = signatures.find(([, ...parts]) =>
    parts.every(([at, bytes]) => beginning.startsWith(bytes, at)),
  );
  return found?.[0] ?? null;
}
