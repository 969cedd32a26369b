/** A part of a text: what Markdown calls headings, lists and paragraphs, and no more of it. */
export type Block =
  | { kind: 'title' | 'heading' | 'paragraph'; text: string }
  | { kind: 'list'; items: string[] };

/** Takes a text, gives its parts, which are kept apart by empty lines. */
export const blocksOf = (text: string): Block[] =>
  text
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(blockOf);

function blockOf(part: string): Block {
  if (part.startsWith('# ')) return { kind: 'title', text: part.slice(2) };
  if (part.startsWith('## ')) return { kind: 'heading', text: part.slice(3) };
  if (!part.startsWith('- ')) return { kind: 'paragraph', text: part };
  return { kind: 'list', items: part.slice(2).split(/\n- /) };
}

/** A piece of a line: a link where it has an address. */
export interface Piece {
  text: string;
  href?: string;
}

/** Takes a line, gives its pieces: `[text](address)` is a link where that leads to this site, another, or a mailbox. */
export function piecesOf(line: string): Piece[] {
  const parts = line.split(/\[([^\]]*)\]\(((?:\/|https?:\/\/|mailto:)[^)\s]*)\)/);
  const pieces: Piece[] = [];
  for (let at = 0; at < parts.length; at += 3) {
    if (parts[at]) pieces.push({ text: parts[at] ?? '' });
    const href = parts[at + 2];
    if (href) pieces.push({ text: parts[at + 1] || href, href });
  }
  return pieces;
}
