import { textTask } from '@socialhub/platform/durable-tasks/task-kind';
import { task } from '@socialhub/platform/durable-tasks/tasks';
import { postLexemes } from '../domain/text/post-lexemes.ts';
import type { Client } from '../store/client.ts';
import { insertPostSearch, listPostsToIndex } from '../store/search/post-search.ts';

/** Of as many posts at a time. */
const batchSize = 100;

/** Puts the posts into the index of words that were there before it, in steps. A migration orders it. */
export const indexPosts = task<Client, { after: string }>(textTask('index_posts'), ({ db }, step) =>
  db.transaction(async (tx) => {
    const posts = await listPostsToIndex(tx, step.progress?.after ?? null, batchSize);
    for (const post of posts) if (!post.isRepost) await insertPostSearch(tx, post.id, postLexemes(post));
    const last = posts.at(-1);
    if (last && posts.length === batchSize) await step.save(tx, { after: last.id });
    else await step.finish(tx);
  }),
);
