import { ToggleIcon } from '../../ui/toggle-icon.tsx';

/** Two arrows that go round, and a tick between them where it is done. */
export const RepostIcon = ({ done = false }: { done?: boolean }) => (
  <ToggleIcon on={false}>
    <path d="M4 9V8a3 3 0 0 1 3-3h12M16 2l3 3-3 3M20 15v1a3 3 0 0 1-3 3H5M8 22l-3-3 3-3" />
    {done && <path d="M9 12.2l2.2 2.2 4-4.4" />}
  </ToggleIcon>
);
