/**
 * How welcome a choice is by its parameters (RFC 9110 section 12.4.2): from 1, also where nothing is said, to 0, which
 * refuses it. What is no weight refuses too. More digits than may be, or none before the point, some clients send.
 */
export function weightOf(parameters: readonly string[]): number {
  for (const parameter of parameters) {
    const [name = '', value = ''] = parameter.split('=');
    if (name.trim().toLowerCase() !== 'q') continue;
    const weight = /^[\d.\s]+$/.test(value) ? Number(value) : 0;
    return weight >= 0 && weight <= 1 ? weight : 0;
  }
  return 1;
}
