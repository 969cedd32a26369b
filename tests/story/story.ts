import type { StartOptions } from '@socialhub/local/options';
import { startSystem } from '@socialhub/local/system';
import { until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tellOfChat } from './chat-chapter.ts';
import { phone } from './client.ts';
import { tellOfFaults } from './fault-chapter.ts';
import { removeHomes, startOptions } from './home.ts';
import { register } from './people.ts';
import { tellOfPost } from './post-chapter.ts';
import { chatQuery, message, type StorySoFar, sendMessage } from './story-so-far.ts';

/**
 * Two people live in SocialHub. Told through the public door alone, over HTTP and WebSocket, whatever the layout
 * behind it; only the faults (a service killed, RabbitMQ restarted) are made from inside.
 */
export function tellStory(layout: Partial<StartOptions>): void {
  // Filled in as the story is told.
  const story = {} as StorySoFar;

  beforeAll(async () => {
    story.system = await startSystem(await startOptions(layout));
  }, 120_000);
  afterAll(async () => {
    await story.system?.stop();
    await removeHomes();
  }, 60_000);

  it('lets two people register, who see their own profiles at once', async () => {
    story.ada = await register(story.system.gatewayUrl, 'Ada');
    story.bob = await register(story.system.gatewayUrl, 'Bob');
    for (const person of [story.ada, story.bob]) {
      const { viewer, account } = await person.ask(
        '{ viewer { id username followerCount } account { email role sessions { edges { node { current } } } } }',
      );
      expect(viewer).toEqual({ id: person.id, username: person.username, followerCount: 0 });
      expect(account).toMatchObject({ role: 'MEMBER', sessions: { edges: [{ node: { current: true } }] } });
    }
  });

  tellOfPost(story);
  tellOfChat(story);
  tellOfFaults(story, { rabbitmq: layout.rabbitmq === true });

  it('ends the sockets of a session that logs out, and nobody else’s', async () => {
    const { logIn } = await phone(story.system.gatewayUrl).ask(
      'mutation ($input: LogInInput!) { logIn(input: $input) { tokens { accessToken refreshToken } } }',
      { input: { identifier: story.bob.username, password: story.bob.password } },
    );
    const second = phone(story.system.gatewayUrl, logIn.tokens.accessToken);
    const [stays, ends] = [await story.bob.watch(chatQuery), await second.watch(chatQuery)];
    await second.ask('mutation { logOut { ended } }');
    await ends.ended;
    expect((await second.send('{ viewer { id } }')).errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
    const refused = await phone(story.system.gatewayUrl).send(
      'mutation ($input: RefreshTokensInput!) { refreshTokens(input: $input) { tokens { accessToken } } }',
      { input: { refreshToken: logIn.tokens.refreshToken } },
    );
    expect(refused.errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
    await until(async () => {
      await story.ada.ask(sendMessage, message(story, 'still there?'));
      return stays.answers.some(({ data }) => data?.chatEvents.message?.text === 'still there?');
    });
    stays.drop();
  });
}
