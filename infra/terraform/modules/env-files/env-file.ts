/** What may be in the file of a process: the variables that its operator may choose. */
export type Choices = ReadonlySet<string>;

/** Bytes that ECS reads of one file at most. */
export const maxBytes = 1_000_000;

const assignment = /^([A-Za-z_]\w*)=(.*)$/;
// Names of secrets; PASSWORD_HASHES_AT_ONCE and the like are counts.
const secretName =
  /(SECRET|TOKEN|PASSWORD|PRIVATE|CREDENTIAL|API_?KEY|ACCESS_KEY|IDENTITY_KEYS|SMTP_URL|DATABASE_URL|RABBITMQ_URL)/;

/**
 * One sentence for each reason to upload nothing, with the line's number and never its value. Lines are those that ECS
 * reads: `NAME=value`, as it stands; those that begin with # and empty ones are left out. What is `taken` is given elsewhere,
 * which ECS puts above these files.
 */
export function envFileFaults(
  content: Buffer,
  mode: number,
  choices: Choices,
  taken: Choices = new Set(),
): string[] {
  if (content.length > maxBytes) return [`is larger than ${maxBytes.toLocaleString('en')} bytes`];
  const faults: string[] = [];
  if (mode & 0o007) faults.push('can be read or written by everybody on this machine (chmod 640)');
  const text = content.toString('utf8');
  if (!Buffer.from(text).equals(content)) faults.push('is not UTF-8');
  if (text.startsWith('\uFEFF')) faults.push('begins with a byte order mark');
  const seen = new Map<string, number>();
  for (const [index, line] of text.split('\n').entries()) {
    const number = index + 1;
    if (line.endsWith('\r'))
      faults.push(`line ${number} ends in CR LF; ECS would take the CR into the value`);
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [, name, value = ''] = assignment.exec(line.replace(/\r$/, '')) ?? [];
    if (name === undefined) {
      faults.push(`line ${number} is not NAME=value`);
      continue;
    }
    const before = seen.get(name);
    if (before !== undefined) faults.push(`line ${number} gives ${name} again, after line ${before}`);
    seen.set(name, number);
    const isNumber = /^\d+$/.test(value);
    if (!isNumber && (secretName.test(name) || looksSecret(value)))
      faults.push(`line ${number}: ${name} looks like a secret, whose place is Secrets Manager`);
    else if (taken.has(name)) faults.push(`line ${number}: ${name} is set by Terraform, which would win`);
    else if (!choices.has(name)) faults.push(`line ${number}: ${name} is no variable that is chosen here`);
    if (/^["']|["']$/.test(value))
      faults.push(`line ${number}: ${name} has quotes, which ECS takes into the value`);
  }
  return faults;
}

const secretForms = [
  /-----BEGIN /, // keys and certificates
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b/, // keys of AWS
  /\bgh[pousr]_\w{20,}|\bgithub_pat_\w{20,}|\bsk[-_](live|test|proj)?[-_]?\w{16,}|\bxox[abprs]-/, // of other services
  /\beyJ[\w-]{10,}\.[\w-]{10,}\./, // tokens
  /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:[^/\s@]+@/i, // a URL with a password
];

/** Whether a value has the form of a secret, or is a word as long and as mixed as one. */
export function looksSecret(value: string): boolean {
  if (secretForms.some((form) => form.test(value))) return true;
  return value
    .replace(/\bandroid:apk-key-hash:[\w-]+/g, '') // everybody can read it in the app
    .split(/[\s,:/=.]+/)
    .some(
      (word) =>
        word.length >= 24 &&
        /\d/.test(word) &&
        // Words with hyphens between are a name; letters of both cases with digits are none.
        (/^[A-Za-z0-9]+$/.test(word) ? /[A-Za-z]/.test(word) : /[a-z]/.test(word) && /[A-Z]/.test(word)),
    );
}
