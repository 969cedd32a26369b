import type { PersonFragment } from './generated/person-name.ts';

/** Who somebody is wherever they are named: their name and picture. Whatever has more of them fits too. */
export type Person = Omit<PersonFragment, ' $fragmentName'>;
