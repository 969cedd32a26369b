import { expect, it } from 'vitest';
import { componentFaults, languageFaults, unusedFaults, valueFaults } from './texts.ts';

it('names a text that one language lacks', () => {
  const en = { post: { edit: 'Edit', gone: 'Gone' }, feed: { more: 'More' } };
  expect(languageFaults({ en, de: { post: { edit: 'Bearbeiten', old: 'Alt' } } })).toEqual([
    'en/post.json lacks old, which is in de',
    'de/post.json lacks gone, which is in en',
    'de/feed.json lacks more, which is in en',
  ]);
});

it('names a value that nobody gives', () => {
  const en = { post: { by: 'By {name}', likes: '{n, plural, one {# like} other {# likes}}' } };
  const de = { post: { by: 'Von {wem}', likes: '{n, plural, one {Like} other {# Likes}}' } };
  expect(valueFaults(en, 'de', de)).toEqual(['de/post.json: by takes wem, which the English text does not']);
});

it('names a text that nobody asks for', () => {
  const rooms = { post: { edit: 'Edit', roleAdmin: 'Admin', old: 'Old' }, feed: { edit: 'Edit' } };
  const source = `const t = useTexts('post'); t('edit'); t(\`role\${name}\`)`;
  expect(unusedFaults(rooms, [source])).toEqual([
    'Nobody uses old of post.json',
    'Nobody uses edit of feed.json',
  ]);
});

it('names words that stand in a component, as text, as an attribute or as one end of a choice', () => {
  const source = `const Post = () => (
    <p aria-label="A post" className="post">
      Hello {on ? 'On' : t('off')} {name} · {\`by \${name}\`} <b title={t('title')}>{t('bold')}</b>
    </p>
  );`;
  expect(componentFaults('post.tsx', source).sort()).toEqual([
    'post.tsx says "A post" itself',
    'post.tsx says "Hello" itself',
    'post.tsx says "On" itself',
    'post.tsx says "by" itself',
  ]);
});
