import { CodedError } from '@socialhub/platform/errors';

/**
 * Brackets and commas outside of texts that an operation may come with. What is made of a value takes far longer and more
 * memory than its bytes: a megabyte of `{}` a tenth of a second, a megabyte of text a hundredth of that.
 */
export const maxOperationParts = 10_000;

/** Reads JSON that a client sent. Throws BAD_USER_INPUT when it has too many parts, SyntaxError when it is no JSON. */
export function readJson(text: string): unknown {
  if (text.length > maxOperationParts && !hasFewParts(text)) {
    throw new CodedError(
      'BAD_USER_INPUT',
      `The request has too many values: at most ${maxOperationParts} brackets and commas are allowed`,
    );
  }
  return JSON.parse(text);
}

const code = { quote: 0x22, comma: 0x2c, list: 0x5b, backslash: 0x5c, object: 0x7b };

function hasFewParts(text: string): boolean {
  let parts = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === code.quote) at = endOfText(text, at);
    else if (char === code.comma || char === code.list || char === code.object) parts += 1;
    if (parts > maxOperationParts) return false;
  }
  return true;
}

/** Where the text ends that begins with the quote there. */
function endOfText(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text.charCodeAt(first - 1) === code.backslash) first -= 1;
  return (at - first) % 2 === 1;
}
