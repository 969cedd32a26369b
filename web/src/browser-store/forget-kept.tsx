'use client';

import { useEffect } from 'react';
import { forgetAll } from './kept.ts';

/** On the page to which signing out leads: nothing that was kept stays in this browser. */
export function ForgetKept() {
  useEffect(() => void forgetAll(), []);
  return null;
}
