import { updateSchema } from 'cm6-graphql';
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery } from 'graphql';
import { createDocs } from './docs.ts';
import { formatted, operationsIn } from './document.ts';
import { type Draft, forgetRuns, keepDraft, keepRun, keptDraft, keptRuns } from './draft-storage.ts';
import { jsonEditor, queryEditor, resultView } from './editors.ts';
import { button, byId, element } from './element.ts';
import { createPanes } from './panes.ts';
import { createRunner } from './run.ts';
import { type Headers, type Params, send } from './send.ts';

const example = `# Sign in with logIn, then press "Use this access token"
# or write it into the headers, for subscriptions too:
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

const section = (id: string) => byId(id, HTMLElement);
const runButton = byId('run', HTMLButtonElement);
const tokenButton = byId('use-token', HTMLButtonElement);
const status = byId('status', HTMLOutputElement);
const operations = byId('operations', HTMLSelectElement);

const panes = createPanes((pane) => {
  if (pane === 'history') showHistory();
});
const docs = createDocs(section('docs'));
const kept = keptDraft();
const commands = [
  { key: 'Mod-Enter', run: () => done(runOrStop) },
  { key: 'Shift-Alt-f', run: () => done(format) },
];
const query = queryEditor({
  parent: section('query'),
  text: kept?.query ?? example,
  onChange: noteChange,
  commands,
  onShowInDocs(type) {
    docs.open(type);
    panes.show('docs');
  },
});
const variables = jsonEditor({
  parent: section('variables'),
  label: 'Variables',
  text: kept?.variables ?? '',
  onChange: noteChange,
  commands,
});
const headers = jsonEditor({
  parent: section('headers'),
  label: 'Headers',
  text: '',
  onChange: () => undefined,
  commands,
});
const result = resultView(section('result'));

let accessToken: string | undefined;
const runner = createRunner({
  status: (text) => {
    status.value = text;
  },
  result: result.replace,
  token(found) {
    accessToken = found;
    tokenButton.hidden = !found;
  },
  running(isRunning) {
    runButton.textContent = isRunning ? 'Stop' : 'Run';
  },
});

function done(work: () => unknown): true {
  work();
  return true;
}

const draft = (): Draft => ({ query: query.text(), variables: variables.text() });

function noteChange(): void {
  keepDraft(draft());
  listOperations();
}

/** A document with more than one operation has one chosen by name. */
function listOperations(): void {
  const names = operationsIn(query.text()).flatMap(({ name }) => name?.value ?? []);
  const chosen = operations.value;
  operations.replaceChildren(...names.map((name) => element('option', {}, name)));
  if (names.includes(chosen)) operations.value = chosen;
  operations.hidden = names.length < 2;
}

/** What a JSON editor holds. Throws a sentence about it where it is not an object. */
function objectIn(text: string, what: string): Record<string, unknown> | undefined {
  if (text.trim() === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`The ${what} are not JSON: ${error instanceof Error ? error.message : error}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`The ${what} have to be an object, { … }`);
  return value as Record<string, unknown>;
}

const headersToSend = (): Headers =>
  Object.fromEntries(
    Object.entries(objectIn(headers.text(), 'headers') ?? {}).map(([name, value]) => [name, String(value)]),
  );

async function runOrStop(): Promise<void> {
  if (runner.isRunning) return runner.stop();
  panes.show('result');
  try {
    const params: Params = {
      query: query.text(),
      variables: objectIn(variables.text(), 'variables'),
      operationName: operations.value || undefined,
    };
    keepRun(draft());
    await runner.run(params, headersToSend());
  } catch (error) {
    status.value = String(error instanceof Error ? error.message : error);
  }
}

function format(): void {
  const text = formatted(query.text());
  if (text === query.text())
    status.value = 'Nothing to format: comments and what does not parse stay as they are';
  else query.replace(text);
}

function useToken(): void {
  if (!accessToken) return;
  try {
    const others = Object.entries(headersToSend()).filter(([name]) => name.toLowerCase() !== 'authorization');
    const all = { ...Object.fromEntries(others), authorization: `Bearer ${accessToken}` };
    headers.replace(`${JSON.stringify(all, null, 2)}\n`);
    tokenButton.hidden = true;
    status.value = 'From now on requests carry this access token';
  } catch (error) {
    status.value = String(error instanceof Error ? error.message : error);
  }
}

function showHistory(): void {
  const runs = keptRuns();
  const entries = runs.map((run) =>
    button(
      run.query.trim().slice(0, 300),
      () => {
        query.replace(run.query);
        variables.replace(run.variables);
        panes.show('query');
      },
      'run',
    ),
  );
  section('history').replaceChildren(
    element('p', { class: 'prose' }, 'What you ran in this browser; nothing with a password, code or token.'),
    ...entries,
    runs.length > 0 ? button('Forget all', () => done(forgetRuns) && showHistory(), 'link') : '',
  );
}

async function loadSchema(): Promise<void> {
  docs.say('Loading the schema …');
  try {
    const introspection = getIntrospectionQuery({ inputValueDeprecation: true, schemaDescription: true });
    const { body, status: code } = await send({ query: introspection }, headersToSend());
    const { data } = body as { data?: IntrospectionQuery };
    if (!data) throw new Error(`the gateway answered ${code}`);
    const schema = buildClientSchema(data);
    updateSchema(query.view, schema);
    docs.show(schema);
  } catch (error) {
    docs.say(`There is no schema to show: ${error instanceof Error ? error.message : error}`);
  }
}

runButton.addEventListener('click', runOrStop);
tokenButton.addEventListener('click', useToken);
byId('format', HTMLButtonElement).addEventListener('click', format);
status.value = 'Run an operation to see its answer';
listOperations();
showHistory();
await loadSchema();
