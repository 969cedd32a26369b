import { own } from './data.ts';
import type { CompiledFetch } from './plan.ts';

/**
 * What a data source is asked to send: as any other GraphQL request, and as the text of its body, most of which was
 * written when the plan was compiled.
 */
export class SubgraphRequest {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly #fetch: CompiledFetch;
  readonly #given: Readonly<Record<string, unknown>>;
  readonly #representations: readonly string[] | null;

  constructor(
    fetch: CompiledFetch,
    given: Readonly<Record<string, unknown>>,
    representations: readonly string[] | null,
  ) {
    this.query = fetch.query;
    this.operationName = fetch.operationName;
    this.#fetch = fetch;
    this.#given = given;
    this.#representations = representations;
  }

  get body(): string {
    return `${this.#fetch.bodyStart}${this.#variablesText()}}`;
  }

  /** For data sources that don't send text. */
  get variables(): Record<string, unknown> {
    return JSON.parse(this.#variablesText());
  }

  #variablesText(): string {
    const parts: string[] = [];
    for (const name of this.#fetch.variables) {
      const value = own(this.#given, name);
      if (value !== undefined) parts.push(`${JSON.stringify(name)}:${JSON.stringify(value)}`);
    }
    if (this.#representations) parts.push(`"representations":[${this.#representations.join(',')}]`);
    return `{${parts.join(',')}}`;
  }
}
