import { describe } from 'vitest';
import { findChromium } from '../web/tests/browser.ts';
import { tellOfBadInput } from './live/bad-input.ts';
import { tellOfWriting } from './live/composer.ts';
import { tellOfKeyboard } from './live/keyboard.ts';
import { tellOfMessages } from './live/messages.ts';
import { tellOfNotifications } from './live/notifications.ts';
import { tellOfPeople } from './live/people.ts';
import { tellOfPictures } from './live/pictures.ts';
import { tellOfPosts } from './live/posts.ts';
import { liveSite } from './live/site.ts';

/** Two people live in SocialHub by their browsers, one at a desk and one on a phone, on the real system. */
describe.skipIf(!findChromium())('two people in two browsers', () => {
  const site = liveSite();
  describe('write posts', () => tellOfWriting(site));
  describe('answer posts', () => tellOfPosts(site));
  describe('send pictures', () => tellOfPictures(site));
  describe('meet and part', () => tellOfPeople(site));
  describe('have no mouse', () => tellOfKeyboard(site));
  describe('write what nobody should', () => tellOfBadInput(site));
  describe('hear of it', () => tellOfNotifications(site));
  describe('send each other messages', () => tellOfMessages(site));
});
