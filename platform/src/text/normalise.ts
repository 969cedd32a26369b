/*
 * UAX #15, 12.1: no writing system puts more than 30 marks on a character. Bringing a run of marks into canonical order
 * takes time that grows with the square of its length, so that a run ends there before anything is normalised.
 */
const maxMarks = 30;

// What is not seen does not end a run: marks with joiners between them would stand on one character all the same.
const run = /[\p{M}\p{Default_Ignorable_Code_Point}]+/gu;
const isMark = /\p{M}/u;

/** The text with the marks that are too many on one character left out. */
const boundMarks = (text: string): string =>
  text.replace(run, (marks) => (marks.length > maxMarks ? withoutSurplus(marks) : marks));

function withoutSurplus(marks: string): string {
  let count = 0;
  let kept = '';
  for (const character of marks) {
    if (isMark.test(character)) count += 1;
    if (count <= maxMarks || !isMark.test(character)) kept += character;
  }
  return kept;
}

// Composed characters hold marks of their own, which appear when they come apart: hence the second look.
const normalised = (text: string, form: 'NFC' | 'NFKC'): string =>
  boundMarks(boundMarks(text).normalize(form));

/** One spelling for characters that are the same (NFC), in linear time. */
export const nfc = (text: string): string => normalised(text, 'NFC');

/** One spelling for characters that are the same or stand for the same (NFKC): for comparing, not for showing. */
export const nfkc = (text: string): string => normalised(text, 'NFKC');
