const charsPerMs = 20;
const msOfCondition = 10;
const conditions = /@(?:include|skip)\b/g;

/**
 * What little a text tells of the time that it takes to plan: how long it is, and how many conditions it has, each of
 * which makes for more to look at. It puts those in order who have used as little as each other.
 */
export const guessMs = (text: string): number =>
  text.length / charsPerMs + (text.match(conditions)?.length ?? 0) * msOfCondition;
