import { signOut } from '../session/sign-out.action.ts';

/** Ends the session of this browser. */
export const SignOutForm = () => (
  <form action={signOut}>
    <button type="submit" className="button quiet">
      Sign out
    </button>
  </form>
);
