import { gql } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';

/** How far an archive is; byteSize is null until it is READY. */
export interface DataExport {
  id: string;
  status: 'GATHERING' | 'PACKING' | 'READY' | 'EXPIRED';
  requestedAt: string;
  expiresAt: string;
  byteSize: number | null;
  partsDone: number;
  partsTotal: number;
}

const DATA_EXPORT = gql`
  fragment DataExport on DataExport {
    id
    status
    requestedAt
    expiresAt
    byteSize
    partsDone
    partsTotal
  }
`;

export const DataExportQuery: TypedDocumentNode<
  { dataExport: DataExport | null },
  Record<string, never>
> = gql`
  query DataExport {
    dataExport {
      ...DataExport
    }
  }
  ${DATA_EXPORT}
`;

/** The address of the archive, good for minutes. */
export const DataExportUrlQuery: TypedDocumentNode<
  { dataExport: { id: string; url: string | null } | null },
  Record<string, never>
> = gql`
  query DataExportUrl {
    dataExport {
      id
      url
    }
  }
`;

export const RequestDataExportMutation: TypedDocumentNode<
  { requestDataExport: { export: { id: string } } | null },
  { input: { idempotencyKey: string } }
> = gql`
  mutation RequestDataExport($input: RequestDataExportInput) {
    requestDataExport(input: $input) {
      export {
        id
      }
    }
  }
`;

export const DataExportProgressSubscription: TypedDocumentNode<
  { dataExportProgress: { cursor: string; export: DataExport } | null },
  { id: string; after: string | null }
> = gql`
  subscription DataExportProgress($id: ID!, $after: String) {
    dataExportProgress(id: $id, after: $after) {
      cursor
      export {
        ...DataExport
      }
    }
  }
  ${DATA_EXPORT}
`;
