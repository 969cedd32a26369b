import { Notice } from '../../ui/notice.tsx';

/** What one can say, where what was said cannot be read. */
export function HowToSearch() {
  return (
    <Notice title="What are you looking for?">
      <p>
        Name a word, a “phrase” in quotes or a #hashtag, 32 words at most. <code>from:name</code>,{' '}
        <code>before:2026-01-31</code>, <code>after:2026-01-31</code> and <code>has:media</code> narrow it
        down, and a minus before a word leaves out posts with it.
      </p>
    </Notice>
  );
}
