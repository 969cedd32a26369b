const words = `
  abuse account accounts admin administration administrator admins all anonymous anyone api app apps auth
  billing blog bot bots chat contact deleted deleteduser developer developers everyone explore feed follow
  followers following graphql guest help helpdesk home hostmaster info jobs legal livez login logout mail
  mailerdaemon me media messages mod moderation moderator moderators mods myself news nobody noreply
  notifications null official operator password postmaster press privacy profile readyz register root rules
  search security service session sessions settings signin signout signup socialhub somebody staff status
  subscriptions superuser support sysadmin sysop system team terms token tokens trust trustandsafety undefined
  unknown unsubscribe user users verified verify webmaster www you
`;

/** Names that people would take for the house itself, or that are addresses of pages. Without underscores. */
export const reservedUsernames: ReadonlySet<string> = new Set(words.trim().split(/\s+/));
