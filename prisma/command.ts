/** Runs a command-line tool: an error becomes its message and exit code 1 (with its stack when DEBUG is set). */
export async function runCommand(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    const text =
      error instanceof Error && !process.env.DEBUG ? error.message : String((error as Error)?.stack ?? error);
    process.stderr.write(`${text}\n`);
    process.exitCode = 1;
  }
}

/** One line for the person at the terminal. */
export const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
