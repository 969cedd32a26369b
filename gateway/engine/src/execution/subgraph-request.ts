import { type BatchText, variableOf } from './batch-part.ts';
import { own } from './data.ts';
import type { CompiledFetch } from './plan.ts';

/** One fetch, with what it is told of the entities that it is for. */
export interface Ask {
  readonly fetch: CompiledFetch;
  /** JSON; null for a fetch that is not for entities. */
  readonly representations: readonly string[] | null;
}

/**
 * What a data source is asked to send: as any other GraphQL request, and as the text of its body, most of which was
 * written when the plan was compiled.
 */
export class SubgraphRequest {
  readonly query: string;
  readonly operationName: string | undefined;
  /** The fetches that this request is made of, as they would be asked alone. */
  readonly parts: readonly Ask[];
  readonly #bodyStart: string;
  readonly #given: Readonly<Record<string, unknown>>;

  /** See FetchOptions of a Fetcher. */
  readonly isOfMany: boolean;

  /** `text` is there when there are several parts. */
  constructor(
    parts: readonly Ask[],
    text: BatchText | null,
    { variables, isOfMany = false }: { variables: Readonly<Record<string, unknown>>; isOfMany?: boolean },
  ) {
    const { query, operationName, bodyStart } = text ?? (parts[0] as Ask).fetch;
    this.query = query;
    this.operationName = operationName;
    this.parts = parts;
    this.#bodyStart = bodyStart;
    this.#given = variables;
    this.isOfMany = isOfMany;
  }

  get body(): string {
    return `${this.#bodyStart}${this.#variablesText()}}`;
  }

  /** For data sources that don't send text. */
  get variables(): Record<string, unknown> {
    return JSON.parse(this.#variablesText());
  }

  #variablesText(): string {
    const { parts } = this;
    let text = '';
    const write = (name: string, value: string) => {
      text += `${text === '' ? '{' : ','}${JSON.stringify(name)}:${value}`;
    };
    const names =
      parts.length === 1
        ? (parts[0] as Ask).fetch.variables
        : new Set(parts.flatMap(({ fetch }) => fetch.variables));
    for (const name of names) {
      const value = own(this.#given, name);
      if (value !== undefined) write(name, JSON.stringify(value));
    }
    parts.forEach(({ representations }, position) => {
      if (!representations) return;
      const name = parts.length === 1 ? 'representations' : variableOf(position);
      write(name, `[${representations.join(',')}]`);
    });
    return text === '' ? '{}' : `${text}}`;
  }
}
