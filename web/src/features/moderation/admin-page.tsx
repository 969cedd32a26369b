import type { ReactNode } from 'react';
import { useTexts } from '#texts';
import { type Fault, hasCode } from '../../gateway/faults.ts';
import { LoadFault } from '../../ui/load-fault.tsx';
import { NextPage } from '../../ui/next-page.tsx';
import { Notice } from '../../ui/notice.tsx';

/** A list that is for admins: a page of it under its title, or why there is none to show. */
export function AdminPage<Node>(props: {
  title: string;
  lead: string;
  /** What is said when the list is empty. */
  none: string;
  path: string;
  older: string;
  page: { edges: { node: Node }[]; pageInfo: Parameters<typeof NextPage>[0]['info'] } | null | undefined;
  faults: Fault[];
  children: (nodes: Node[]) => ReactNode;
}) {
  const t = useTexts('moderation');
  const { title, page, path } = props;
  return (
    <>
      <h1 className="page-title">{title}</h1>
      {page && (
        <>
          <p className="page-lead">{props.lead}</p>
          {page.edges.length > 0 ? (
            props.children(page.edges.map((edge) => edge.node))
          ) : (
            <Notice title={t('nothingYet')}>
              <p>{props.none}</p>
            </Notice>
          )}
          <NextPage path={path} info={page.pageInfo} label={props.older} />
        </>
      )}
      {!page && <WhyNone faults={props.faults} href={path} />}
    </>
  );
}

function WhyNone({ faults, href }: { faults: Fault[]; href: string }) {
  const t = useTexts('moderation');
  if (!hasCode(faults, 'FORBIDDEN')) return <LoadFault faults={faults} href={href} />;
  return (
    <Notice title={t('pageForAdmins')}>
      <p>{t('adminCanMakeOne')}</p>
    </Notice>
  );
}
