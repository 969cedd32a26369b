import { signOut } from '../../actions/sign-out.ts';

/** Ends the session of this browser. */
export const SignOutForm = () => (
  <form action={signOut}>
    <button type="submit" className="button quiet">
      Sign out
    </button>
  </form>
);
