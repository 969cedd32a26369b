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

/** Those of them, and parts, by which somebody would speak for the house: no number makes another name of one. */
const voices = `
  admin administrator admins helpdesk info moderation moderator moderators mods official security staff superuser
  support sysadmin system team trustandsafety verified
`;

const listOf = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Names that people would take for the house itself, or that are addresses of pages. Without underscores. */
export const reservedUsernames = listOf(words);
export const houseVoices = listOf(voices);

/** What no name may have in it. */
export const houseName = 'socialhub';
