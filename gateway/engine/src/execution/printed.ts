/** The data of an answer that is JSON text already. Where an object is wanted after all, it is parsed. */
export class PrintedData {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toJSON(): unknown {
    return JSON.parse(this.text);
  }
}

/** JSON.stringify for an answer whose data may be printed already: Apollo Server's `stringifyResult`. */
export function stringifyResult(result: object): string {
  const { data, ...rest } = result as { data?: unknown };
  if (!(data instanceof PrintedData)) return JSON.stringify(result);
  const others = JSON.stringify(rest);
  return others === '{}' ? `{"data":${data.text}}` : `${others.slice(0, -1)},"data":${data.text}}`;
}
