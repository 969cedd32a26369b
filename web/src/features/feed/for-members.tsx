'use client';

import dynamic from 'next/dynamic';

/*
 * What a page shows to members, where it is for everybody: its scripts are loaded for them alone. What a server component imports otherwise
 * is loaded by every reader of its page. What one page needs comes from one module: modules that are loaded apart do not share. Each
 * `import` stands where it is: Next finds there what the page's HTML is to name.
 */
export const MemberFeed = dynamic(async () => (await import('./feed.tsx')).Feed);
export const MemberPosts = dynamic(async () => (await import('./post-list.tsx')).PostList);

export const HomeFeed = dynamic(async () => (await import('./home-parts.ts')).Feed);
export const HomeComposer = dynamic(async () => (await import('./home-parts.ts')).Composer);
