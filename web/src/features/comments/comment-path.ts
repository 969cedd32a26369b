/** The page of a comment, with what answers it. */
export const commentPath = ({ id, post }: { id: string; post: { id: string } }) =>
  `/post/${encodeURIComponent(post.id)}/comment/${encodeURIComponent(id)}` as const;
