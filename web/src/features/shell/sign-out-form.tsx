import { useTexts } from '#texts';
import { signOut } from '../session/sign-out.action.ts';

/** Ends the session of this browser. */
export function SignOutForm() {
  const t = useTexts('shell');
  return (
    <form action={signOut}>
      <button type="submit" className="button quiet">
        {t('signOut')}
      </button>
    </form>
  );
}
