import { languageNow } from '#texts';
import { type Block, blocksOf, piecesOf } from './blocks.ts';
import { readText, type TextName } from './read-text.ts';
import styles from './text-page.module.css';

/** A page of what whoever runs this site has to say. */
export async function TextPage({ name }: { name: TextName }) {
  const blocks = blocksOf(await readText(name, await languageNow()));
  return (
    <article className={`column ${styles.text}`}>
      {blocks.map((block) => (
        <Part key={block.kind === 'list' ? block.items.join() : block.text} block={block} />
      ))}
    </article>
  );
}

function Part({ block }: { block: Block }) {
  switch (block.kind) {
    case 'title':
      return <h1 className="page-title">{block.text}</h1>;
    case 'heading':
      return <h2 className="section-title">{block.text}</h2>;
    case 'paragraph':
      return (
        <p>
          <Line text={block.text} />
        </p>
      );
    case 'list':
      return (
        <ul className={styles.list}>
          {block.items.map((item) => (
            <li key={item}>
              <Line text={item} />
            </li>
          ))}
        </ul>
      );
  }
}

const Line = ({ text }: { text: string }) =>
  piecesOf(text).map((piece) =>
    piece.href ? (
      <a key={piece.href} href={piece.href}>
        {piece.text}
      </a>
    ) : (
      piece.text
    ),
  );
