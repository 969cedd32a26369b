import { nth, someId } from '@socialhub/platform/testing/plans/large-tables';
import { call, callInVain, testPlans } from '@socialhub/platform/testing/plans/plan-tests';
import { createClient } from '../src/store/client.ts';
import * as archives from '../src/store/data-exports.ts';
import * as erase from '../src/store/erase.ts';
import * as exported from '../src/store/export.ts';
import * as media from '../src/store/media.ts';
import { updateStanding } from '../src/store/standings.ts';

/** The first has 300 files and twenty archives, one of twenty pieces; the last is nobody. */
const [me, nobody] = [nth(1), nth(2_000_000)];
/** Of the first: a file that waits for its upload, one that is examined, and one that is there. */
const [awaited, examined, ready] = [nth(1), nth(11), nth(200)];
const archive = nth(1);

const tables = {
  media: {
    id: 'nth(n)',
    owner_id: `CASE WHEN n <= 300 THEN nth(1) ELSE ${someId()} END`,
    kind: `'IMAGE'`,
    status: `(CASE WHEN n <= 10 THEN 'AWAITING_UPLOAD' WHEN n <= 20 THEN 'PROCESSING' WHEN n % 50 = 1 THEN 'FAILED' WHEN n % 50 = 2 THEN 'DELETED' ELSE 'READY' END)::media_status`,
    mime_type: `'image/png'`,
    byte_size: '200000',
    attempts: '1',
    // Of the latest there are uploads that will be removed.
    sweep_at: `CASE WHEN n <= 100 THEN now() - interval '1 minute' WHEN n > 9000 THEN now() + interval '20 minutes' END`,
  },
  standings: { user_id: 'nth(n)', is_active: 'n % 10 <> 9', sequence: '1' },
  // All but the first few hundred are over.
  data_export: {
    id: 'nth(n)',
    user_id: `CASE WHEN n <= 20 THEN nth(1) ELSE ${someId()} END`,
    status: `(CASE WHEN n <= 5 THEN 'GATHERING' WHEN n <= 10 THEN 'PACKING' WHEN n <= 300 THEN 'READY' ELSE 'EXPIRED' END)::export_status`,
    requested_at: `now() - n * interval '1 minute'`,
    expires_at: `CASE WHEN n <= 200 THEN now() + interval '1 day' ELSE now() - n * interval '1 minute' END`,
  },
  export_part: {
    export_id: 'CASE WHEN n <= 20 THEN nth(1) ELSE nth(n) END',
    service: `'post'`,
    index: 'n',
    file: `'posts'`,
    rows: '1',
    lines: `'{}'`,
    last: 'true',
  },
};

const viewer = { userId: me, sessionId: me, role: 'MEMBER', scopes: [] } as const;
const ids = Array.from({ length: 20 }, (_, n) => nth(n + 290));
const asked = ids.map((id) => ({ viewer, id }));
const findings = { mimeType: 'image/png', byteSize: 1, width: 1, height: 1, blurhash: null };
const part = {
  exportId: archive,
  service: 'post',
  index: 2_000_000,
  file: 'posts',
  rows: 1,
  lines: '',
  last: true,
};
const upload = {
  id: nobody,
  ownerId: me,
  kind: 'IMAGE',
  mimeType: 'image/png',
  byteSize: 1,
  altText: null,
} as const;

testPlans({
  service: 'media',
  createClient,
  sources: [new URL('../src/store/', import.meta.url)],
  tables,
  uncalled: {
    createClient: 'makes the client',
    createCdnSigner: 'signs, and asks nothing',
    createLoaders: 'calls others',
    createDataExportLog: 'calls listLaterStates',
    createObjects: 'keeps files elsewhere',
  },
  calls: ({ tx }) => [
    call(archives.findDataExport, tx, { id: archive, userId: me }),
    call(archives.listDataExports, tx, asked),
    call(archives.listLaterStates, tx, [{ listener: archive, after: 0 }]),
    call(archives.findLatestDataExport, tx, me),
    callInVain(archives.findLatestDataExport, tx, nobody),
    call(archives.findDataExportForUpdate, tx, archive),
    call(archives.lockExportsOf, tx, me),
    call(archives.findExportWait, tx, me, 86_400),
    callInVain(archives.findExportWait, tx, nobody, 86_400),
    call(archives.insertDataExport, tx, { id: nobody, userId: me }, 60),
    call(archives.insertExportPart, tx, part),
    call(archives.countFinishedParts, tx, archive),
    call(archives.countGatheredParts, tx, archive),
    call(archives.listExportFiles, tx, archive),
    call(archives.findExportPartAfter, tx, archive, part, 10),
    callInVain(archives.findExportPartAfter, tx, archive, part, 2_000_000),
    call(archives.updateExportStatus, tx, archive, 'PACKING'),
    call(archives.updateExportReady, tx, archive, 1, 60),
    call(archives.listExpiredExports, tx, 50),
    call(archives.updateExportExpired, tx, archive),
    call(erase.listMediaToErase, tx, me, 200),
    callInVain(erase.listMediaToErase, tx, nobody, 200),
    call(erase.eraseMedia, tx, me, 200),
    callInVain(erase.eraseMedia, tx, nobody, 200),
    call(erase.listExportsToErase, tx, me, 200),
    callInVain(erase.listExportsToErase, tx, nobody, 200),
    call(erase.eraseExports, tx, me, 10),
    callInVain(erase.eraseExports, tx, nobody, 200),
    call(exported.listMediaForExport, tx, me, null, 100),
    call(exported.listMediaForExport, tx, me, nth(100), 100),
    callInVain(exported.listMediaForExport, tx, nobody, null, 100),
    call(exported.listDataExportsForExport, tx, me, null, 100),
    callInVain(exported.listDataExportsForExport, tx, nobody, null, 100),
    call(exported.listReadyMediaOf, tx, me, null, 100),
    call(exported.listReadyMediaOf, tx, me, nth(100), 100),
    callInVain(exported.listReadyMediaOf, tx, nobody, null, 100),
    call(media.listVisibleMedia, tx, asked),
    call(media.updateWithheld, tx, { mediaIds: ids, isWithheld: true, sequence: 3n }),
    call(media.findMedia, tx, ready),
    call(media.insertMedia, tx, upload),
    call(media.lockUploadsOf, tx, me),
    call(media.countUnderWay, tx, me, 100),
    callInVain(media.countUnderWay, tx, nobody, 100),
    call(media.sumStored, tx, me),
    call(media.postponeSweep, tx, awaited),
    call(media.updateAltText, tx, { id: ready, ownerId: me, altText: 'text' }),
    call(media.deleteOwnMedia, tx, me, awaited),
    callInVain(media.deleteOwnMedia, tx, nobody, ready),
    call(media.updateProcessing, tx, awaited),
    call(media.updateMissing, tx, awaited),
    call(media.beginAttempt, tx, examined),
    call(media.undoAttempt, tx, examined),
    call(media.settleReady, tx, examined, nobody, findings),
    call(media.settleFailed, tx, examined, 'CORRUPT'),
    call(media.listDueForSweep, tx, 50),
    call(media.sweepMedia, tx, awaited),
    call(updateStanding, tx, { userId: me, isActive: false, sequence: 3n }),
  ],
});
