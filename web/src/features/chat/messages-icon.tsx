import { ToggleIcon } from '../../ui/toggle-icon.tsx';

/** A speech bubble: filled where one is. */
export const MessagesIcon = ({ on, size = 18 }: { on: boolean; size?: number }) => (
  <ToggleIcon on={on} size={size}>
    <path d="M4.5 4.5h15a1.5 1.5 0 0 1 1.5 1.5v9a1.5 1.5 0 0 1-1.5 1.5H11l-4.5 4v-4h-2A1.5 1.5 0 0 1 3 15V6a1.5 1.5 0 0 1 1.5-1.5Z" />
  </ToggleIcon>
);
