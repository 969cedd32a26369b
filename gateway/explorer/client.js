import './client.css';
import { GraphiQL } from 'graphiql';
import { getOperationAST } from 'graphql';
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

const presetQuery = `# Sign in, then put the token into the headers editor below:
#   { "authorization": "Bearer ..." }
# Queries and mutations go over HTTP, subscriptions over a WebSocket with the same token.

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

async function* subscribe(params, headers) {
  const authorization = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1];
  const client = createClient({
    url: socketUrl.href,
    retryAttempts: 0,
    ...(authorization && { connectionParams: { authorization } }),
  });
  try {
    yield* client.iterate(params);
  } catch (reason) {
    // A close event shows as nothing at all when it is thrown as it is.
    throw 'code' in reason ? new Error(`The socket was closed: ${reason.code} ${reason.reason}`) : reason;
  } finally {
    await client.dispose();
  }
}

async function send(params, headers) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(params),
  });
  return response.json();
}

function fetcher(params, { documentAST, headers = {} } = {}) {
  const operation = documentAST && getOperationAST(documentAST, params.operationName);
  return operation?.operation === 'subscription' ? subscribe(params, headers) : send(params, headers);
}

createRoot(document.getElementById('explorer')).render(
  createElement(GraphiQL, { fetcher, defaultQuery: presetQuery, defaultEditorToolsVisibility: 'headers' }),
);
