/** Gives the address of the page to write a post: which post it quotes, and what it begins with. */
export function composePath({
  quoteOfId,
  text = '',
}: {
  quoteOfId?: string | null;
  text?: string;
}): `/${string}` {
  const query = new URLSearchParams();
  if (quoteOfId) query.set('quote', quoteOfId);
  if (text) query.set('text', text);
  return query.size > 0 ? `/compose?${query}` : '/compose';
}
