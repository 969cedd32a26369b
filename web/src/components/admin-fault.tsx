import { type Fault, hasCode } from '../gateway/faults.ts';
import { LoadFault } from './load-fault.tsx';
import { Notice } from './notice.tsx';

/** Why a page for admins has nothing to show. */
export function AdminFault({ faults, href }: { faults: Fault[]; href: string }) {
  if (!hasCode(faults, 'FORBIDDEN')) return <LoadFault faults={faults} href={href} />;
  return (
    <Notice title="This page is for admins">
      <p>An admin can make you one.</p>
    </Notice>
  );
}
