import { foldCase } from './case-fold.ts';
import { nfkc } from './normalise.ts';

/** The form in which texts are compared that differ in case, or in how the same characters are written, alone: for comparing, not for showing. */
export const foldText = (text: string): string => nfkc(foldCase(nfkc(foldCase(nfkc(text)))));
