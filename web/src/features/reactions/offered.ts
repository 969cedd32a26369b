/** The usual emojis, those that are given most first. */
export const OFFERED = [
  ...['👍', '❤️', '😂', '🎉', '😮', '😢', '🙏', '👏', '🔥', '🤔', '👀', '💯'],
  ...['😍', '😊', '😅', '🥳', '🤝', '💪', '🙌', '👎', '✅', '❌', '🚀', '☕'],
];
