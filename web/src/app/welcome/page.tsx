import type { Metadata } from 'next';
import Link from 'next/link';
import { PeopleList } from '../../features/profile/people-list.tsx';
import { peopleToFollow } from '../../features/profile/people-to-follow.ts';
import { ProfilePicture } from '../../features/profile/profile-picture.tsx';
import { ResendMail } from '../../features/session/resend-mail.tsx';
import { SettingsSection } from '../../features/settings/settings-section.tsx';
import { ask } from '../../gateway/client.ts';
import { EmailStandingQuery } from '../../gateway/operations.ts';
import { currentCaller, signedInFor } from '../../session/current-session.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { LoadFault } from '../../ui/load-fault.tsx';

export const metadata: Metadata = { title: 'Welcome' };

const proposes = 8;

/** What helps somebody who is new: all of it can wait, and is found under Settings later. */
export default async function WelcomePage() {
  const session = await signedInFor('/welcome');
  const viewer = session.state === 'signedIn' ? session.viewer : null;
  if (!viewer) {
    return (
      <div className="column">
        <h1 className="page-title">Welcome</h1>
        <LoadFault faults={[]} href="/welcome" />
      </div>
    );
  }
  const [{ data }, people] = await Promise.all([
    ask(EmailStandingQuery, {}, await currentCaller()),
    peopleToFollow(viewer.id, proposes),
  ]);
  return (
    <div className="column">
      <h1 className="page-title">
        Welcome, <bdi>{viewer.displayName}</bdi>
      </h1>
      <p className="page-lead">
        Your account is there. What follows helps you to begin; all of it can wait.{' '}
        <Link href="/" prefetch={false}>
          Go to your home page
        </Link>
      </p>
      {data?.account && !data.account.emailVerified && (
        <SettingsSection
          id="confirm"
          title="Confirm your address"
          lead="We have sent you a mail with a link. With a confirmed address you can get back in when you forget your password."
        >
          <ResendMail />
        </SettingsSection>
      )}
      <SettingsSection id="picture-title" title="Add a picture" lead="So that people know you again.">
        <ProfilePicture kind="avatar" hasOne={viewer.avatar !== null}>
          <Avatar person={viewer} size={96} />
        </ProfilePicture>
      </SettingsSection>
      {people.length > 0 && (
        <SettingsSection
          id="follow"
          title="Follow people"
          lead="What they write is on your home page. These wrote something lately."
        >
          <PeopleList people={people} label="People to follow" />
        </SettingsSection>
      )}
      <p className="section-title">
        <Link href="/" className="button primary large" prefetch={false}>
          Done
        </Link>
      </p>
    </div>
  );
}
