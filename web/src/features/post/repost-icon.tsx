import { ToggleIcon } from '../../components/toggle-icon.tsx';

/** Two arrows that go round. */
export const RepostIcon = () => (
  <ToggleIcon on={false}>
    <path d="M4 9V8a3 3 0 0 1 3-3h12M16 2l3 3-3 3M20 15v1a3 3 0 0 1-3 3H5M8 22l-3-3 3-3" />
  </ToggleIcon>
);
