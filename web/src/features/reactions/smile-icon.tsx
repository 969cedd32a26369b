import { ToggleIcon } from '../../ui/toggle-icon.tsx';

/** A face that smiles. */
export const SmileIcon = () => (
  <ToggleIcon on={false}>
    <circle cx="12" cy="12" r="9" />
    <path d="M8.5 14a4.2 4.2 0 0 0 7 0M9 9.5h.01M15 9.5h.01" />
  </ToggleIcon>
);
