import { expect, it } from 'vitest';
import { notesOf, tagFault } from './release-notes.ts';

const changelog = `# Changelog

## Unreleased

- Later.

## 0.2.0 - 2026-12-01

- People mute each other.
  ### Not a part
- Second.

## [v0.1.0]

## 0.0.9
`;

it('gives what the changelog says of a version, and nothing of its neighbours', () => {
  expect(notesOf(changelog, 'v0.2.0')).toBe('- People mute each other.\n  ### Not a part\n- Second.');
  expect(notesOf(changelog, '0.2.0')).toContain('Second');
});

it('refuses a version of which it says nothing', () => {
  expect(() => notesOf(changelog, 'v0.1.0')).toThrow('says nothing of 0.1.0');
  expect(() => notesOf(changelog, 'v0.0.9')).toThrow('says nothing of 0.0.9');
  expect(() => notesOf(changelog, 'v0.3.0')).toThrow('no part "## 0.3.0"');
  expect(() => notesOf(changelog, 'Unreleased')).toThrow('no version');
});

it('refuses a tag that the package does not have as its version', () => {
  expect(tagFault('v0.2.0', '0.2.0')).toBeNull();
  expect(tagFault('v0.2.1', '0.2.0')).toBe('v0.2.1 is tagged, and package.json says 0.2.0.');
});
