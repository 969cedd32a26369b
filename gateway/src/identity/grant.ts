import type { Grant } from '@socialhub/federation-engine';
import type { GatewayContext } from '../context.ts';

const nothing: ReadonlySet<string> = new Set();
const nobody: Grant = { authenticated: false, scopes: nothing, policies: nothing };

/** What the schema's directives let the viewer have. */
export const grantOf = ({ viewer }: Pick<GatewayContext, 'viewer'>): Grant =>
  // No policy is defined, so whatever asks for one is refused.
  viewer ? { authenticated: true, scopes: new Set(viewer.scopes), policies: nothing } : nobody;

/** What becomes of an operation with fields that its caller may not have: refused whole, or answered without them. */
export const unauthorizedModes = ['refuse', 'filter'] as const;
