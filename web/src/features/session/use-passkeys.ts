'use client';

import { useEffect, useState } from 'react';

/** Whether passkeys can be had here. Browsers have none for an address in numbers: `name` is where to go instead. */
export type PasskeySupport = { can: 'unknown' | 'yes' | 'no' } | { can: 'elsewhere'; name: string };

/** Gives whether passkeys can be had, once the page is alive. */
export function usePasskeys(): PasskeySupport {
  const [support, setSupport] = useState<PasskeySupport>({ can: 'unknown' });
  useEffect(() => {
    const { hostname, port } = window.location;
    if (hostname === '127.0.0.1' || hostname === '[::1]') {
      setSupport({ can: 'elsewhere', name: `http://localhost${port && `:${port}`}` });
    } else setSupport({ can: typeof window.PublicKeyCredential === 'function' ? 'yes' : 'no' });
  }, []);
  return support;
}
