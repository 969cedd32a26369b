import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/** Trusts these authorities (PEM) in all that this process connects to from now on, beside those that it trusts already. */
export function trust(certificates: readonly string[] | undefined): void {
  if (certificates)
    setDefaultCACertificates([...new Set([...getCACertificates('default'), ...certificates])]);
}
