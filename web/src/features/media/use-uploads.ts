'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import { useGraph } from '../../graph/live.tsx';
import { createUploadList, type Upload, type UploadList } from './upload-list.ts';

const none: readonly Upload[] = [];

/** Gives a list for `most` files that are uploaded while one goes on writing, and how each of them is. */
export function useUploads(most: number): { uploads: UploadList; items: readonly Upload[] } {
  const graph = useGraph();
  const [uploads] = useState(() => createUploadList(most));
  const items = useSyncExternalStore(uploads.subscribe, uploads.items, () => none);
  useEffect(() => uploads.connect(graph), [uploads, graph]);
  return { uploads, items };
}
