/*
 * Not white space, not ignorable (joiners, fillers, selectors), no blank pattern of Braille; a mark or a format character
 * shows on something else.
 */
const seen =
  /[[\P{White_Space}]--[\p{Default_Ignorable_Code_Point}\p{M}\p{Cc}\p{Noncharacter_Code_Point}\u2800\ufeff\ufff9-\ufffb]]/v;

/** Whether the text has something to see. */
export const hasVisible = (text: string): boolean => seen.test(text);
