import { messageOf } from '../forms/form-state.ts';
import { type Fault, hasCode } from '../gateway/faults.ts';
import { Notice, Unavailable } from './notice.tsx';

/** Why a page has nothing to show, and the way to try again. */
export function LoadFault({ faults, href }: { faults: Fault[]; href: string }) {
  if (faults.length === 0 || hasCode(faults, 'UNAVAILABLE')) return <Unavailable href={href} />;
  return (
    <Notice title="This could not be loaded">
      <p>{messageOf(faults[0])}</p>
    </Notice>
  );
}
