import { conflict } from '@socialhub/platform/errors';

/** So that a list of them is short. */
export const maxPasskeys = 20;

export const tooManyPasskeys = () => conflict(`Nobody has more than ${maxPasskeys} passkeys`);
