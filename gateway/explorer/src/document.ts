import {
  getOperationAST,
  Lexer,
  type OperationDefinitionNode,
  parse,
  print,
  Source,
  TokenKind,
} from 'graphql';

/** The operations of a text; none while it does not parse. */
export function operationsIn(text: string): OperationDefinitionNode[] {
  try {
    return parse(text).definitions.filter((definition) => definition.kind === 'OperationDefinition');
  } catch {
    return [];
  }
}

/** Whether the operation of this name is a subscription. What does not parse goes to the gateway, which says what is wrong. */
export function isSubscription(text: string, name: string | undefined): boolean {
  try {
    return getOperationAST(parse(text), name)?.operation === 'subscription';
  } catch {
    return false;
  }
}

/** The text as graphql-js prints it, which leaves out comments: one that holds any stays as it is. */
export function formatted(text: string): string {
  try {
    return hasComment(text) ? text : `${print(parse(text))}\n`;
  } catch {
    return text;
  }
}

function hasComment(text: string): boolean {
  const lexer = new Lexer(new Source(text));
  let token = lexer.lookahead();
  while (token.kind !== TokenKind.EOF) {
    lexer.advance();
    token = lexer.token;
    if (token.prev?.kind === TokenKind.COMMENT) return true;
  }
  return false;
}
