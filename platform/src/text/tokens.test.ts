import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashtagKey } from './hashtag.ts';
import { tokensOf } from './tokens.ts';

/** What a text has of a kind, as it is stored or looked up. */
const found = (text: string) => {
  const tokens = tokensOf(text);
  return {
    links: tokens.flatMap((token) => (token.kind === 'link' ? token.text : [])),
    mentions: tokens.flatMap((token) => (token.kind === 'mention' ? token.username : [])),
    tags: tokens.flatMap((token) => (token.kind === 'hashtag' ? token.tag : [])),
  };
};

describe('mentions', () => {
  it.each([
    ['@ada', ['ada']],
    ['@Ada_1 and @BOB', ['ada_1', 'bob']],
    ['(@ada) "@bob", @cy!', ['ada', 'bob', 'cy']],
    ['.@ada', ['ada']],
    ['foo.@ada', ['ada']],
    ['cc:@ada/@bob', ['ada', 'bob']],
    ['@adaさん、@bobは', ['ada', 'bob']],
    ['の@adaに', ['ada']],
    ['@ada님 @bob은', ['ada', 'bob']],
    ['＠ada', ['ada']],
    ['❤️@ada👍', ['ada']],
    ['@ada1️⃣', ['ada']],
    ['@ada\n@bob', ['ada', 'bob']],
    [`@${'a'.repeat(30)}`, ['a'.repeat(30)]],
  ])('%j', (text, mentions) => {
    expect(found(text).mentions).toEqual(mentions);
  });

  it.each([
    ['an address with one in its query', 'https://example.org/?by=@ada'],
    ['an address with one in its path', 'https://example.org/@ada'],
    ['an address of another scheme', 'ftp://example.org/@ada'],
    ['an address without a scheme', 'example.org/@ada example.org?by=@ada example.org:80/@ada'],
    ['an address with a name before its host', 'https://ada@example.org/ https://example.org@ada/'],
    ['an address of mail', 'ada@example.org a.da@example.org jürgen@example.org 用户@example.org'],
    ['a link to write a mail', 'mailto:ada@example.org?cc=@bob'],
    ['a person of another network', '@ada@example.org ＠ada＠example.org'],
    ['two signs', '@@ada #@ada'],
    ['what stands for a swear word', '!@ada $@ada %@ada &@ada *@ada'],
    ['a word that goes on', '@adaé @adàda @adaб @ada\u0301'],
    ['a scheme', '@http://example.org'],
    ['a name that is too long', `@${'a'.repeat(31)}`],
    ['a sign alone', '@ ＠ @é @.ada'],
  ])('%s has none', (_what, text) => {
    expect(found(text).mentions).toEqual([]);
  });
});

describe('hashtags', () => {
  it.each([
    ['#Sommer in #Zürich, #日本語 #naïve #हिन्दी', ['sommer', 'zürich', '日本語', 'naïve', 'हिन्दी']],
    ['(#one) #two, #three_3! #four-five ’#six’', ['one', 'two', 'three_3', 'four', 'six']],
    [':#a ;#b .#c !#d ?#e foo.#f', ['a', 'b', 'c', 'd', 'e', 'f']],
    ['#1up #_x #۳۴۵هشتگ', ['1up', '_x', '۳۴۵هشتگ']],
    ['＃タグ　#ハッシュ。', ['タグ', 'ハッシュ']],
    ['#می‌خواهم', ['می‌خواهم']],
    ['#ශ්‍රීලංකා', ['ශ්‍රීලංකා']],
    ['#il·lusió', ['il·lusió']],
    ['#מ״כ #עַל־יְדֵי #וכו׳', ['מ״כ', 'עַל־יְדֵי', 'וכו׳']],
    ['#ロック・バンド #メ〜テレ #各〃', ['ロック・バンド', 'メ〜テレ', '各〃']],
    ['#བོད་སྐད་', ['བོད་སྐད']],
    ['#サッカー〜 #a· #b\u200d👍', ['サッカー', 'a', 'b']],
    ['❤️#a ❤#b ✌︎#c 👨‍👩‍👧#d 1️⃣#e', ['a', 'b', 'c', 'd', 'e']],
    ['#a1️⃣', ['a']],
    ['#\u{20021}', ['\u{20021}']],
    ['#a#b', ['a']],
    [`#${'a'.repeat(100)}`, ['a'.repeat(100)]],
  ])('%j', (text, tags) => {
    expect(found(text).tags).toEqual(tags);
  });

  it.each([
    ['numbers', '#1 #2026 #१२ #_ #1_2'],
    ['a keycap', '#️⃣ #⃣ #️⃣a'],
    ['a mark', '#\u0301a'],
    ['a joiner', '#·a #\u200da'],
    ['the middle of a word', 'C#sharp 日本語#タグ é#a 1#a _#a'],
    ['an address', 'https://example.org/#a https://example.org/a#b example.org/#a http://localhost:3000/#a'],
    ['an address that is closed off', '(https://example.org/#a)'],
    ['an entity of HTML', '&#x27;'],
    ['two signs', '##a'],
    ['a scheme', '#https://example.org'],
    ['more than a hundred letters', `#${'a'.repeat(101)}`],
    ['what becomes more than a hundred', `#${'\ufdfa'.repeat(60)}`],
  ])('%s is none', (_what, text) => {
    expect(found(text).tags).toEqual([]);
  });

  it.each([
    ['Straße', 'STRASSE'],
    ['Σίσυφος', 'ΣΊΣΥΦΟΣ'],
    ['İstanbul', 'i\u0307stanbul'],
    ['ｈａｓｈ１', 'HASH1'],
    ['ﾊｯｼｭ', 'ハッシュ'],
    ['ﬁsh', 'FISH'],
    ['メ～テレ', 'メ〜テレ'],
    ['caf\u00e9', 'cafe\u0301'],
  ])('%s and %s are one', (one, other) => {
    expect(hashtagKey(one)).toBe(hashtagKey(other));
  });

  it('are compared by a key whose key it is', () => {
    const letters = fc.array(
      fc.constantFrom('ß', 'İ', 'ΐ', 'ᾳ', '\u0345', '\u0301', 'ẞ', 'ﬀ', 'ϒ', 'K', '\u1e9b', 'Ꭰ', 'ꭰ'),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          letters.map((parts) => parts.join('')),
        ),
        (text) => {
          expect(hashtagKey(hashtagKey(text))).toBe(hashtagKey(text));
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('links', () => {
  it.each([
    ['https://example.org', ['https://example.org']],
    ['HTTP://Example.ORG/A', ['HTTP://Example.ORG/A']],
    ['(https://example.org/a_(b))', ['https://example.org/a_(b)']],
    [
      '[x](https://example.org/y), https://example.org/z.',
      ['https://example.org/y', 'https://example.org/z'],
    ],
    ['“https://example.org/x”!', ['https://example.org/x']],
    ['https://example.org/a?b=c&d=e#f, yes', ['https://example.org/a?b=c&d=e#f']],
    ['https://example.org/,,,,!!!', ['https://example.org/']],
    ['https://example.org/a-b_c~d/', ['https://example.org/a-b_c~d/']],
    ['https://example.org:8080/x', ['https://example.org:8080/x']],
    ['http://192.0.2.1/x', ['http://192.0.2.1/x']],
    ['https://sub_domain.example.org/', ['https://sub_domain.example.org/']],
    ['見てhttps://example.org/を見て', ['https://example.org/']],
    ['https://example.orgを見て', ['https://example.org']],
    ['https://例え.テスト/a', ['https://例え.テスト/a']],
    ['https://example.org/Русские_слова', ['https://example.org/Русские_слова']],
    ['https://en.wikipedia.org/wiki/A–B', ['https://en.wikipedia.org/wiki/A–B']],
    ['https://example.org/a❤️ https://example.org👍', ['https://example.org/a', 'https://example.org']],
    ['see...https://example.org', ['https://example.org']],
    ['@https://example.org', ['https://example.org']],
    ['https://example.org/?u=https://example.com/', ['https://example.org/?u=https://example.com/']],
    ["https://example.org/it's", ['https://example.org/it']],
    ['\u2067https://example.org/\u2069', ['https://example.org/']],
  ])('%j', (text, links) => {
    expect(found(text).links).toEqual(links);
  });

  it.each([
    [
      'other schemes',
      'javascript:alert(1) data:text/html,x ftp://example.org/ xhttps://example.org git+ssh://example.org/',
    ],
    ['no host', 'http:// https:/// http://?x http://#x http://. https://-'],
    ['a host without a dot', 'http://intranet/x'],
    [
      'a host that is none',
      'http://-a.example http://a-.example http://a.b-c http://a.c_d http://a.b http://example.org.-x',
    ],
    ['a name before the host', 'https://bank.example@evil.example/ https://u:p@example.org'],
    ['more than two thousand characters', `https://example.org/${'a'.repeat(2_048)}`],
  ])('%s', (_what, text) => {
    expect(found(text).links).toEqual([]);
  });

  it('lead where the host says, in letters that have one form', () => {
    const [token] = tokensOf('https://bücher.example/ä');
    expect(token).toEqual({
      kind: 'link',
      text: 'https://bücher.example/ä',
      href: 'https://xn--bcher-kva.example/%C3%A4',
    });
  });

  it('end before what follows, which is read as well', () => {
    expect(found('(https://example.org/a),@ada #b')).toEqual({
      links: ['https://example.org/a'],
      mentions: ['ada'],
      tags: ['b'],
    });
  });
});

const part = fc.constantFrom(
  ...[
    '@',
    '＠',
    '#',
    '＃',
    'ada',
    'https://',
    'example.org',
    '/',
    '?',
    ':',
    '.',
    '-',
    '_',
    '(',
    ')',
    ' ',
    '\n',
    '1',
  ],
  ...[
    'é',
    '日',
    'の',
    '\u0301',
    '\u200d',
    '·',
    '〜',
    '❤',
    '\ufe0f',
    '\ufe0e',
    '\u20e3',
    '👨',
    '🏽',
    '🇩',
    '\ud83d',
    '\ude00',
  ],
);

describe('the tokens of any text', () => {
  it('are the text, and none of them is empty', () => {
    const text = fc.oneof(
      fc.array(part, { maxLength: 40 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(text, (given) => {
        const tokens = tokensOf(given);
        expect(tokens.map((token) => token.text).join('')).toBe(given);
        expect(tokens.every((token) => token.text !== '')).toBe(true);
        for (const token of tokens) if (token.kind === 'link') expect(token.href).toMatch(/^https?:\/\//);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ...[
      '@',
      '#',
      'a.',
      'http://',
      'http://a.bc/(',
      'http://a.bc)',
      'https://a.bc/x@',
      '#a·',
      '@a',
      'a@',
      '·',
      '(',
      '\u0301',
    ],
    ...[
      '\u200d',
      '\ufe0f',
      '🇩🇪',
      '🇽🇽',
      '1️⃣',
      '👨‍👩‍👧‍👦',
      '😀\u200d',
      '👨\u200d',
      '\u{e0061}',
      '#http://',
      'の@a',
      'a.bc/',
    ],
  ])('are found in hundreds of thousands of %j', (unit) => {
    const text = unit.repeat(200_000 / unit.length);
    expect(tokensOf(text).reduce((length, token) => length + token.text.length, 0)).toBe(text.length);
  });
});
