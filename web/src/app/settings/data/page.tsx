import { textsNow } from '#texts';
import { deactivate, deleteAccount } from '../../../features/settings/close-account.action.ts';
import { CloseAccountForm } from '../../../features/settings/close-account-form.tsx';
import { DataExportStanding } from '../../../features/settings/data-export.tsx';
import { SettingsSection } from '../../../features/settings/settings-section.tsx';
import { messageOf } from '../../../forms/form-state.ts';
import { DataPageQuery } from '../../../gateway/operations.ts';
import { titled } from '../../../i18n/titled.ts';
import { askSignedIn } from '../../../session/current-session.ts';

export const generateMetadata = titled('settings', 'data');

/** Taking one's data along, taking a break, and leaving for good. */
export default async function DataPage() {
  const t = await textsNow('settings');
  const { data, faults } = await askSignedIn('/settings/data', DataPageQuery, {});
  const withCode = data?.account?.twoFactorEnabled === true;
  return (
    <>
      <h1 className="page-title">{t('data')}</h1>
      <SettingsSection id="export" title={t('copyData')} lead={t('exportLead')}>
        {data && faults.length === 0 ? (
          <DataExportStanding archive={data.dataExport} />
        ) : (
          <p>{await messageOf(faults[0])}</p>
        )}
      </SettingsSection>
      <SettingsSection id="deactivate" title={t('takeBreak')} lead={t('deactivateLead')}>
        <CloseAccountForm
          scope="deactivate"
          close={deactivate}
          label={t('deactivateMyAccount')}
          withCode={withCode}
        />
      </SettingsSection>
      <SettingsSection id="delete" title={t('deleteAccount')} lead={t('deleteLead')}>
        <CloseAccountForm
          scope="delete"
          close={deleteAccount}
          label={t('deleteMyAccount')}
          withCode={withCode}
        />
      </SettingsSection>
    </>
  );
}
