import type { ServiceName } from '../contracts/services.ts';

/** A table of which a person's archive shows rows. */
export interface ExportedTable {
  /** The files that show it, as `posts` of `post/posts.json`; each of them shows every column that is not left out. */
  files: readonly string[];
  /** Columns by the name that the files have for them, where that is another. */
  as?: Readonly<Record<string, string>>;
  /** Columns that no file shows, and why. */
  leftOut: Readonly<Record<string, string>>;
  /** Columns that one of the files does not show, by file, and why. */
  leftOutOf?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Why nothing of a table is in anybody's archive. */
type LeftOutTable = string;

export type ArchiveTables = Readonly<Record<string, ExportedTable | LeftOutTable>>;

const self = 'it is whoever has the archive';
const order = 'orders events, and says nothing of anybody';
const erasure = 'set by the erasure of an account, after which there is no archive';
const derived = 'counted from rows that are somebody’s own data';
const machine = 'for the machine’s own work';
const replica = (owner: ServiceName) => `a replica of what the ${owner} service exports`;

/** What every service has for its own work. */
const platformTables: ArchiveTables = {
  outbox: 'on its way, and gone once it is sent',
  inbox: 'ids of events, without whose they are',
  idempotency: 'keys that clients made up, for a day',
  task: 'work that is going on',
};

/**
 * What the archive of a person's data does not show, and why: the one list. Every other column of a service's database
 * has to be in a file of it.
 */
export const archiveTables: Readonly<Record<ServiceName, ArchiveTables>> = {
  auth: {
    ...platformTables,
    account: {
      files: ['account'],
      leftOut: {
        password_hash: 'a secret’s hash',
        password_version: machine,
        deleted_at: erasure,
      },
    },
    session: { files: ['sessions'], leftOut: { account_id: self } },
    passkey: {
      files: ['passkeys'],
      leftOut: {
        account_id: self,
        credential_id: 'of use to its authenticator alone',
        public_key: 'of use to whoever verifies a sign-in',
        counter: machine,
      },
    },
    two_factor: {
      files: ['two-factor'],
      leftOut: { sealed_secret: 'a secret', recovery_salt: 'of a secret’s hash', last_step: machine },
    },
    email_change: { files: ['email-changes'], leftOut: { account_id: self } },
    audit_entry: {
      files: ['decisions'],
      leftOut: { subject_id: self, actor_id: 'who decided is not its subject’s to know' },
    },
    refresh_token: 'hashes of secrets',
    recovery_code: 'hashes of secrets',
    mail_token: 'hashes of secrets',
    passkey_challenge: 'questions to a device, good for minutes',
    mail: 'waits to be sent to the person themselves',
    rate_limit: 'counts attempts, and forgets them',
    retired_username: 'hashes of names whose accounts are erased',
    account_erasure: 'of accounts that are erased',
    erasure_part: 'of accounts that are erased',
    signing_key: 'nobody’s',
  },
  chat: {
    ...platformTables,
    conversations: {
      files: ['conversations'],
      leftOut: { pair_key: 'made of the members’ ids', last_seq: derived },
    },
    conversation_members: {
      files: ['conversations'],
      as: { conversation_id: 'id', user_id: 'member_ids' },
      leftOut: { unread_count: derived, last_activity_at: derived },
    },
    messages: {
      files: ['messages'],
      leftOut: { sender_id: self, deleted_at: 'of what is deleted nothing is left to show' },
    },
    message_reactions: { files: ['reactions'], leftOut: { user_id: self } },
    member_events: 'the order in which devices hear of what the other files show',
    event_heads: order,
    people: replica('auth'),
    blocks: replica('user'),
    ready_media: replica('media'),
  },
  media: {
    ...platformTables,
    media: {
      files: ['media'],
      leftOut: {
        owner_id: self,
        blurhash: 'computed from the picture, which is in the archive',
        attempts: machine,
        published_as: machine,
        sweep_at: machine,
        withheld_sequence: order,
      },
    },
    data_export: { files: ['data-exports'], leftOut: { user_id: self, version: order } },
    export_part: 'what becomes the archive',
    standings: replica('auth'),
  },
  notification: {
    ...platformTables,
    notifications: {
      files: ['notifications'],
      leftOut: {
        recipient_id: self,
        hidden_count: 'tells of people who are hidden',
        is_shown: 'tells of people who are hidden',
        change_seq: order,
      },
    },
    notification_preferences: { files: ['preferences'], leftOut: { user_id: self } },
    notification_actors: 'who did it may be hidden from whom they did it to',
    recipients: derived,
    follows: replica('user'),
    blocks: replica('user'),
    mutes: replica('user'),
    standings: replica('auth'),
    post_states: replica('post'),
    comment_states: replica('post'),
    reposts: replica('post'),
    reactions: replica('post'),
    comment_reactions: replica('post'),
  },
  post: {
    ...platformTables,
    posts: {
      files: ['posts'],
      leftOut: {
        author_id: self,
        comment_count: derived,
        repost_count: derived,
        quote_count: derived,
        written_by: order,
      },
    },
    post_hashtags: 'where one looks for posts by what the hashtags of the archive are',
    post_search: 'the words of the archive’s posts, where one searches for them',
    post_edits: { files: ['post-edits'], leftOut: {} },
    comments: {
      files: ['comments'],
      leftOut: {
        author_id: self,
        reply_count: derived,
        deleted_at: 'of what is deleted nothing is left to show',
      },
    },
    comment_edits: { files: ['comment-edits'], leftOut: {} },
    post_reactions: { files: ['reactions'], leftOut: { user_id: self } },
    comment_reactions: { files: ['comment-reactions'], leftOut: { user_id: self } },
    bookmarks: { files: ['bookmarks'], leftOut: { user_id: self } },
    author_post_counts: derived,
    reaction_counts: derived,
    comment_reaction_counts: derived,
    people: replica('user'),
    follows: replica('user'),
    blocks: replica('user'),
    mutes: replica('user'),
    ready_media: replica('media'),
  },
  user: {
    ...platformTables,
    profile: {
      files: ['profile'],
      leftOut: {
        is_active: replica('auth'),
        standing_sequence: order,
        search_name: 'made of the display name',
        search_text: 'made of the names',
      },
    },
    follow: {
      files: ['following', 'followers'],
      as: { follower_id: 'user_id', followee_id: 'user_id' },
      leftOut: {},
      leftOutOf: { followers: { bell: 'of whose posts a follower is notified is theirs alone to know' } },
    },
    block: { files: ['blocked'], as: { blocked_id: 'user_id' }, leftOut: { blocker_id: self } },
    mute: { files: ['muted'], as: { muted_id: 'user_id' }, leftOut: { muter_id: self } },
    ready_image: replica('media'),
  },
};
