// Scripts that put no spaces between words, or endings on foreign words without one.
const spaceless = String.raw`\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Bopomofo}\p{scx=Hangul}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}`;

/** A character of a script whose words stand beside others without a space: what is next to it may be another word. */
export const isSpaceless = new RegExp(`^[${spaceless}]`, 'v');

/** A letter, mark or digit that goes on with a word, or is its middle. */
export const isOfWord = new RegExp(String.raw`^[[\p{L}\p{M}\p{N}_]--[${spaceless}\ufe0e\ufe0f\u20e3]]`, 'v');

/** A class of letters, marks and digits, for patterns, without those that make an emoji of what stands before them. */
export const wordCharacters = String.raw`[[\p{L}\p{M}\p{N}]--[\ufe0e\ufe0f\u20e3]]`;

/** The same without the spaceless scripts. */
export const spacedCharacters = String.raw`[[\p{L}\p{M}\p{N}]--[${spaceless}\ufe0e\ufe0f\u20e3]]`;
