const cherokee = /\p{Script=Cherokee}/u;

/**
 * Full case folding (Unicode's CaseFolding.txt, C and F; without the Turkic rules): texts that differ in case alone
 * become one. ß and ss are one, σ and ς, but not i and the Turkish ı.
 */
export function foldCase(text: string): string {
  let folded = '';
  for (const character of text) folded += fold(character);
  return folded;
}

// Character by character, since toLowerCase looks at the neighbours of a sigma. JavaScript has no folding: going down,
// up and down again gives it, but for the letters whose folded form is the capital and the one that Turkic rules alone fold.
function fold(character: string): string {
  if (character <= '\u007f') return character.toLowerCase();
  if (character === 'ı') return character;
  if (cherokee.test(character)) return character.toUpperCase();
  let folded = '';
  for (const capital of character.toLowerCase().toUpperCase()) folded += capital.toLowerCase();
  return folded;
}
