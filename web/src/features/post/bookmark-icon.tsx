import { ToggleIcon } from '../../ui/toggle-icon.tsx';

/** A bookmark: filled when it is put. */
export const BookmarkIcon = ({ put }: { put: boolean }) => (
  <ToggleIcon on={put}>
    <path d="M6 4h12v17l-6-4.5L6 21z" />
  </ToggleIcon>
);
