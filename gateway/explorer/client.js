import './client.css';
import { GraphiQL } from 'graphiql';
import { getOperationAST, parse } from 'graphql';
import { createClient } from 'graphql-ws';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

const workers = { json: 'json.worker.js', graphql: 'graphql.worker.js' };
globalThis.MonacoEnvironment = {
  getWorker: (_id, label) =>
    new Worker(`/explorer/${workers[label] ?? 'editor.worker.js'}`, { type: 'module' }),
};

const url = new URL('/graphql', location.href);
const socketUrl = new URL(url);
socketUrl.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';

const presetQuery = `# Sign in with logIn, then put the token into
# the headers editor below, for subscriptions too:
#   { "authorization": "Bearer ..." }

query Timeline {
  publicTimeline(first: 10) {
    edges {
      node {
        text
        createdAt
        author {
          username
          displayName
        }
      }
    }
  }
}
`;

// Not a generator: one would end only after the event that it waits for. The socket closes after its last operation.
function subscribe(params, headers) {
  const authorization = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1];
  const client = createClient({
    url: socketUrl.href,
    retryAttempts: 0,
    ...(authorization && { connectionParams: { authorization } }),
  });
  const events = client.iterate(params);
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () =>
      events.next().catch((reason) => {
        // A close event shows as nothing at all when it is thrown as it is.
        throw 'code' in reason ? new Error(`The socket was closed: ${reason.code} ${reason.reason}`) : reason;
      }),
    return: () => events.return(),
  };
}

async function send(params, headers) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(params),
  });
  return response.json();
}

function isSubscription({ query, operationName }) {
  try {
    return getOperationAST(parse(query), operationName)?.operation === 'subscription';
  } catch {
    // The gateway says what is wrong with it.
    return false;
  }
}

// GraphiQL hands over a parsed document too, but one that lags behind what has just been typed.
function fetcher(params, { headers = {} } = {}) {
  return isSubscription(params) ? subscribe(params, headers) : send(params, headers);
}

createRoot(document.getElementById('explorer')).render(
  createElement(GraphiQL, { fetcher, defaultQuery: presetQuery, defaultEditorToolsVisibility: 'headers' }),
);
