/** Runs once when a server of the web starts, before it answers: what it was given is whole, or every fault is told. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { readConfig } = await import('../config.ts');
  readConfig(process.env);
}
