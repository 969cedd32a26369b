import { operatorSettings as gatewaySettings } from '@socialhub/gateway/config';
import { readEnv } from '@socialhub/platform/config';
import type { ServiceName } from '@socialhub/platform/contracts/services';
import {
  deriveIdentityKeys,
  formatIdentityKeys,
  parseIdentityKeys,
} from '@socialhub/platform/identity/identity-signer';
import * as z from 'zod';
import type { OperatorSettings } from './operator-settings.ts';
import type { S3Options } from './options.ts';
import type { Secrets } from './secrets.ts';

/** What every service of one SocialHub is configured from. */
export interface Backends {
  secrets: Secrets;
  databases: Record<ServiceName, string>;
  rabbitmqUrl: string | undefined;
  s3: S3Options;
  logLevel: string;
  /** Where mail is written to: nobody's inbox. */
  mailDir: string;
  webUrl: string;
  operatorSettings: OperatorSettings;
}

/** The environment of one subgraph: what it needs and no secret of another. */
export function subgraphEnvironment(
  name: ServiceName,
  port: number,
  backends: Backends,
): Record<string, string> {
  const { secrets, s3 } = backends;
  const common = {
    ...backends.operatorSettings[name],
    PORT: String(port),
    LOG_LEVEL: backends.logLevel,
    DATABASE_URL: backends.databases[name],
    IDENTITY_KEYS: formatIdentityKeys(
      deriveIdentityKeys(parseIdentityKeys(secrets.identityKeys) ?? [], name),
    ),
    ...(backends.rabbitmqUrl && { RABBITMQ_URL: backends.rabbitmqUrl }),
  };
  if (name === 'auth') {
    return {
      ...common,
      SIGNING_KEY_SECRET: secrets.signingKeySecret,
      MAIL_DIR: backends.mailDir,
      WEB_URL: backends.webUrl,
    };
  }
  if (name === 'media') {
    return {
      ...common,
      S3_BUCKET: s3.bucket,
      AWS_REGION: s3.region,
      AWS_ACCESS_KEY_ID: s3.accessKeyId,
      AWS_SECRET_ACCESS_KEY: s3.secretAccessKey,
      ...(s3.endpoint && { S3_ENDPOINT: s3.endpoint }),
      ...(s3.publicEndpoint && { S3_PUBLIC_ENDPOINT: s3.publicEndpoint }),
    };
  }
  return common;
}

/** With which the web signs for whom it asks the gateway, in the form of IDENTITY_KEYS. */
export const webIdentityKeys = ({ identityKeys }: Secrets): string =>
  formatIdentityKeys(deriveIdentityKeys(parseIdentityKeys(identityKeys) ?? [], 'web'));

/** The environment of the gateway, which knows the address of every subgraph. */
export function gatewayEnvironment(
  options: { port: number; webPort: number; subgraphs: Record<ServiceName, string> },
  backends: Backends,
): Record<string, string> {
  const urls = Object.entries(options.subgraphs).map(([name, url]) => [`${name.toUpperCase()}_URL`, url]);
  return {
    ...backends.operatorSettings.gateway,
    ...(Object.fromEntries(urls) as Record<string, string>),
    PORT: String(options.port),
    LOG_LEVEL: backends.logLevel,
    IDENTITY_KEYS: backends.secrets.identityKeys,
    CORS_ORIGINS: [...webOrigins(options.webPort), ...chosenOrigins(backends.operatorSettings)].join(','),
    ...(backends.rabbitmqUrl && { RABBITMQ_URL: backends.rabbitmqUrl }),
  };
}

const webOrigins = (port: number) => [`http://127.0.0.1:${port}`, `http://localhost:${port}`];

const originsSchema = z.object({ CORS_ORIGINS: gatewaySettings.CORS_ORIGINS });

/** Of web apps beside ours. */
const chosenOrigins = ({ gateway = {} }: OperatorSettings) => readEnv(originsSchema, gateway).CORS_ORIGINS;
