/** How many characters a text may still have, or by how many it is too long. */
export function CharactersLeft({
  left,
  id,
  className,
}: {
  left: number;
  id: string;
  className: string | undefined;
}) {
  return (
    <span id={id} className={className} data-over={left < 0 || undefined}>
      <span aria-hidden="true">{left}</span>
      <span className="visually-hidden">{left < 0 ? tooMany(-left) : `${left} characters left`}</span>
    </span>
  );
}

const tooMany = (count: number) => `${count} ${count === 1 ? 'character' : 'characters'} too many`;
