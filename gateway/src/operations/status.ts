/** What GraphQL itself refuses with; whatever else has a status of its own is not about the operation. */
const statusesOfRefusals: ReadonlySet<number> = new Set([400, 401, 403]);

/**
 * GraphQL over HTTP: an answer as application/json to a well-formed request is a 200 whatever GraphQL thinks of
 * the operation; clients that ask for application/graphql-response+json get the status that fits.
 */
export function statusOf(status: number, mediaType: string | undefined): number {
  const isPlainJson = mediaType?.startsWith('application/json');
  return isPlainJson && statusesOfRefusals.has(status) ? 200 : status;
}
