const timeoutMs = 15_000;
const patienceMs = 10_000;

export type Execute = (query: string, variables: object, token?: string) => Promise<Record<string, unknown>>;

/**
 * Sends operations to a gateway. What is not there is asked for again for a while: a service may not have heard yet of what
 * another has made. Throws what an operation fails of.
 */
export function createApi(url: string): Execute {
  return async (query, variables, token) => {
    for (const end = Date.now() + patienceMs; ; ) {
      const answer = await send(url, query, variables, token);
      const [error] = answer.errors ?? [];
      if (!error && answer.data) return answer.data;
      if (error?.extensions?.code !== 'NOT_FOUND' || Date.now() > end)
        throw new Error(`the demo could not be made: ${error?.extensions?.code} ${error?.message}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
}

async function send(url: string, query: string, variables: object, token?: string) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(timeoutMs),
  });
  return (await response.json()) as {
    data?: Record<string, unknown>;
    errors?: { message: string; extensions?: { code?: string } }[];
  };
}
