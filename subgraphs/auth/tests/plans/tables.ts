import { someId } from '@socialhub/platform/testing/plans/large-tables';

const hashSql = 'sha256(n::text::bytea)';
/** What has lapsed is fifty of each. */
const lapsing = (over: string) =>
  `CASE WHEN n BETWEEN 151 AND 200 THEN now() - interval '${over}' ELSE now() + interval '1 day' + n * interval '1 ms' END`;

export const tables = {
  account: {
    id: 'nth(n)',
    email: `'user' || n || '@example.org'`,
    username: `'user' || n`,
    password_hash: `'hash'`,
    role: `(CASE WHEN n BETWEEN 11 AND 40 THEN 'MODERATOR' WHEN n = 41 THEN 'ADMIN' ELSE 'MEMBER' END)::role`,
    created_at: `now() - interval '1 day'`,
    delete_after: `CASE WHEN n = 5 THEN now() - interval '1 day' END`,
  },
  session: {
    id: 'nth(n)',
    account_id: `CASE WHEN n <= 200 THEN nth(1) ELSE ${someId()} END`,
    user_agent: `'Browser'`,
    ip_address: `'192.0.2.1'`,
    last_used_at: `now() - interval '1 hour' + n * interval '1 ms'`,
    expires_at: lapsing('2 days'),
    ended_because: `'LOGGED_OUT'`,
    ends_by: `now() + interval '90 days'`,
    ended_at: `CASE WHEN n BETWEEN 121 AND 200 OR n > 200 AND n % 3 = 0 THEN now() - interval '1 minute' - n * interval '1 second' END`,
  },
  refresh_token: {
    hash: hashSql,
    session_id: 'nth(n)',
    used_at: `CASE WHEN n BETWEEN 151 AND 200 THEN now() - interval '1 year' WHEN n % 2 = 0 THEN now() END`,
  },
  mail: {
    kind: `'VERIFY_EMAIL'`,
    recipient: `'user' || n || '@example.org'`,
    account_id: `CASE WHEN n <= 20 THEN nth(1) ELSE ${someId()} END`,
    due_at: `CASE WHEN n <= 50 THEN now() - interval '1 minute' ELSE now() + n * interval '1 ms' END`,
    expires_at: `now() + interval '1 day'`,
    dead_at: `CASE WHEN n BETWEEN 151 AND 200 THEN now() - interval '8 days' WHEN n % 2 = 0 THEN now() END`,
  },
  mail_token: {
    hash: hashSql,
    account_id: 'nth(n)',
    kind: `'VERIFY_EMAIL'`,
    email: `'user' || n || '@example.org'`,
    change_id: 'CASE WHEN n % 10 = 1 THEN nth(n) END',
    expires_at: lapsing('1 minute'),
  },
  two_factor: {
    account_id: 'nth(n)',
    sealed_secret: `'secret'`,
    confirmed_at: 'CASE WHEN n % 2 = 1 THEN now() END',
  },
  recovery_code: { account_id: 'nth(1 + n / 10)', hash: hashSql },
  passkey: {
    id: 'nth(n)',
    account_id: `CASE WHEN n <= 10 THEN nth(1) ELSE ${someId()} END`,
    credential_id: `'credential' || n`,
    public_key: `'key'`,
    counter: '0',
    transports: `'{}'`,
    backed_up: 'false',
    name: `'name'`,
  },
  passkey_challenge: { challenge: `'challenge' || n`, expires_at: lapsing('1 minute') },
  email_change: {
    id: 'nth(n)',
    account_id: 'nth(n)',
    new_email: `'new' || n || '@example.org'`,
    session_id: 'nth(n)',
    end_other_sessions: 'false',
    expires_at: lapsing('1 minute'),
  },
  retired_username: { hash: hashSql },
  account_erasure: { user_id: 'nth(n)', started_at: `now() - interval '1 hour' + n * interval '1 ms'` },
  erasure_part: {
    user_id: 'nth(1 + n / 6)',
    service: `'service' || n % 6`,
    counts: `'{}'`,
    erased_at: 'now()',
  },
  rate_limit: {
    key: `'limit:' || n`,
    points: '1',
    expire: `CASE WHEN n BETWEEN 151 AND 200 THEN 1 ELSE 4000000000000 + n END`,
  },
  audit_entry: {
    id: 'nth(n)',
    created_at: `now() - interval '1 hour' + n * interval '1 ms'`,
    action: `'ROLE_SET'`,
    subject_id: `CASE WHEN n <= 100 THEN nth(1) ELSE ${someId()} END`,
  },
};
