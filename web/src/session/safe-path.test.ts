import { expect, test } from 'vitest';
import { safePath } from './safe-path.ts';

test('a path of this site is kept, with its search', () => {
  expect(safePath('/')).toBe('/');
  expect(safePath('/explore?after=abc')).toBe('/explore?after=abc');
});

test.each([
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/..//evil.example',
  'javascript:alert(1)',
  'explore',
  '',
  undefined,
  ['/explore'],
])('%j leads home', (path) => {
  expect(safePath(path)).toBe('/');
});
