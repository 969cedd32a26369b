import styles from './timeline.module.css';

/** A link to the next page of a list, where there is one. */
export function NextPage({
  path,
  query = {},
  info,
  label,
}: {
  path: string;
  /** What else chooses the list. */
  query?: Record<string, string>;
  info: { endCursor: string | null; hasNextPage: boolean };
  label: string;
}) {
  if (!info.hasNextPage || info.endCursor === null) return null;
  return (
    <p className={styles.more}>
      <a href={`${path}?${new URLSearchParams({ ...query, after: info.endCursor })}`} className="button">
        {label}
      </a>
    </p>
  );
}
