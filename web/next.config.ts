import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';

const workspaceRoot = fileURLToPath(new URL('..', import.meta.url));

// Headers that are the same for every answer. The Content-Security-Policy is not: it carries a nonce and
// the media origin of the running server, so src/proxy.ts writes it.
const securityHeaders = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), browsing-topics=()' },
];

const isForContainer = process.env.WEB_OUTPUT === 'standalone';

const config: NextConfig = {
  // For the container (infra/docker/Dockerfile): with the packages that pages need, and no other.
  output: isForContainer ? 'standalone' : undefined,
  // What is built into an image was checked before, and no test is there that types come from.
  typescript: { ignoreBuildErrors: isForContainer },
  poweredByHeader: false,
  reactStrictMode: true,
  // What pages say of themselves stands in their head for everybody: no page waits for it longer than for itself.
  htmlLimitedBots: /.*/,
  agentRules: false,
  devIndicators: false,
  // Its source is TypeScript; of it the web takes how text is counted and read.
  transpilePackages: ['@socialhub/platform'],
  // Pictures come as large as they are shown; what makes others of them at /_next/image is closed.
  images: { unoptimized: true },
  turbopack: {
    root: workspaceRoot,
    resolveAlias: {
      // As the plugin of next-intl would say, which brings a compiler into every start: where the language of a request is told, and that
      // texts are compiled already (generate-texts.ts), so that nothing that parses them gets into pages.
      'next-intl/config': './src/i18n/request.ts',
      'use-intl/format-message': '../node_modules/use-intl/dist/esm/production/format-message/format-only.js',
    },
  },
  outputFileTracingRoot: workspaceRoot,
  redirects: async () => [{ source: '/settings/bookmarks', destination: '/bookmarks', permanent: true }],
  headers: async () => [{ source: '/:path*', headers: securityHeaders }],
};

export default config;
