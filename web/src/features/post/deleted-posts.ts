/** Posts that their author has deleted in this tab: what was loaded before has them still. */
export const deletedPosts = new Set<string>();
