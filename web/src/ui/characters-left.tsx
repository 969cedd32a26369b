import { useTexts } from '#texts';

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
  const t = useTexts('ui');
  return (
    <span id={id} className={className} data-over={left < 0 || undefined}>
      <span aria-hidden="true">{left}</span>
      <span className="visually-hidden">
        {left < 0 ? t('charactersTooMany', { n: -left }) : t('charactersLeft', { left })}
      </span>
    </span>
  );
}
