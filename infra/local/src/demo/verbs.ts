import type { DemoUsername } from './people.ts';

/** A mutation that somebody sends; what it makes may have a name for those after it. */
export interface Deed {
  by: DemoUsername;
  verb: string;
  input(ids: Record<string, string>): Record<string, unknown>;
  /** What to select of its payload, the thing that was made, and its name. */
  gives?: readonly [selection: string, name: string];
}

export const toPerson = (by: DemoUsername, verb: string, other: string, more: object = {}): Deed => ({
  by,
  verb,
  input: (ids) => ({ userId: ids[other], ...more }),
});

/** Keys that make what is made once, should the first start be cut off and begin again. */
export const once = (name: string) => ({ idempotencyKey: `demo ${name}` });

export const post = (
  by: DemoUsername,
  name: string,
  text: string,
  more: (ids: Record<string, string>) => object = () => ({}),
): Deed => ({
  by,
  verb: 'createPost',
  input: (ids) => ({ text, ...more(ids), ...once(name) }),
  gives: ['post { id }', name],
});

export const toPost = (by: DemoUsername, verb: string, name: string, more: object = {}): Deed => ({
  by,
  verb,
  input: (ids) => ({ postId: ids[name], ...more }),
});

export const comment = (
  by: DemoUsername,
  name: string,
  under: string,
  text: string,
  parent?: string,
): Deed => ({
  by,
  verb: 'createComment',
  input: (ids) => ({ postId: ids[under], parentId: parent && ids[parent], text, ...once(name) }),
  gives: ['comment { id }', name],
});

export const toComment = (by: DemoUsername, verb: string, name: string, more: object = {}): Deed => ({
  by,
  verb,
  input: (ids) => ({ commentId: ids[name], ...more }),
});
