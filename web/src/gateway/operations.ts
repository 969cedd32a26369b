/**
 * Everything that the web asks the gateway. Documents of features/ are generated with their types (`npm run generate`);
 * the others have types by hand beside each document;
 * tests/operations.test.ts validates the documents, `npm run manifest` lists them.
 */
export {
  AddConversationMembersDocument as AddConversationMembersMutation,
  ChatEventsDocument as ChatEventsSubscription,
  ConversationDocument as ConversationQuery,
  ConversationMembersDocument as ConversationMembersQuery,
  ConversationsDocument as ConversationsQuery,
  DeleteMessageDocument as DeleteMessageMutation,
  EarlierMessagesDocument as EarlierMessagesQuery,
  EditMessageDocument as EditMessageMutation,
  LeaveConversationDocument as LeaveConversationMutation,
  MarkConversationReadDocument as MarkConversationReadMutation,
  PeopleByIdsDocument as PeopleByIdsQuery,
  PeopleByNameDocument as PeopleByNameQuery,
  ReactToMessageDocument as ReactToMessageMutation,
  RemoveConversationMemberDocument as RemoveConversationMemberMutation,
  RemoveMessageReactionDocument as RemoveMessageReactionMutation,
  SendMessageDocument as SendMessageMutation,
  SetConversationAdminDocument as SetConversationAdminMutation,
  SetTypingDocument as SetTypingMutation,
  StartConversationDocument as StartConversationMutation,
  TypingDocument as TypingSubscription,
  UnreadConversationsDocument as UnreadConversationsQuery,
  UpdateConversationDocument as UpdateConversationMutation,
} from '../features/chat/generated/documents.ts';
export {
  CommentThreadDocument as CommentThreadQuery,
  CreateCommentDocument as CreateCommentMutation,
  DeleteCommentDocument as DeleteCommentMutation,
  UpdateCommentDocument as UpdateCommentMutation,
} from '../features/comments/generated/documents.ts';
export {
  CreatePostDocument as CreatePostMutation,
  OwnHashtagsDocument as OwnHashtagsQuery,
  PostToQuoteDocument as PostToQuoteQuery,
  SuggestedPeopleDocument as SuggestedPeopleQuery,
} from '../features/composer/generated/documents.ts';
export {
  BookmarksDocument as BookmarksQuery,
  HashtagTimelineDocument as HashtagTimelineQuery,
  HomeTimelineDocument as HomeTimelineQuery,
  HomeTimelineEventsDocument as HomeTimelineEventsSubscription,
  PublicTimelineDocument as PublicTimelineQuery,
  SearchPostsDocument as SearchPostsQuery,
} from '../features/feed/generated/documents.ts';
export {
  CompleteUploadDocument as CompleteUploadMutation,
  CreateUploadDocument as CreateUploadMutation,
  DeleteMediaDocument as DeleteMediaMutation,
  MediaLimitsDocument as MediaLimitsQuery,
  PostMediaDocument as PostMediaQuery,
  SetAltTextDocument as SetAltTextMutation,
  UploadStateDocument as UploadStateQuery,
} from '../features/media/generated/documents.ts';
export {
  MarkNotificationsReadDocument as MarkNotificationsReadMutation,
  NotificationReceivedDocument as NotificationReceivedSubscription,
  NotificationsDocument as NotificationsQuery,
  UnreadNotificationsDocument as UnreadNotificationsQuery,
} from '../features/notifications/generated/documents.ts';
export {
  BookmarkPostDocument as BookmarkPostMutation,
  DeletePostDocument as DeletePostMutation,
  EditablePostDocument as EditablePostQuery,
  PostDocument as PostQuery,
  PostEditsDocument as PostEditsQuery,
  RemoveBookmarkDocument as RemoveBookmarkMutation,
  RepostDocument as RepostMutation,
  UndoRepostDocument as UndoRepostMutation,
  UpdatePostDocument as UpdatePostMutation,
} from '../features/post/generated/documents.ts';
export {
  EditableProfileDocument as EditableProfileQuery,
  FollowersDocument as FollowersQuery,
  FollowingDocument as FollowingQuery,
  LatestAuthorsDocument as LatestAuthorsQuery,
  ProfileDocument as ProfileQuery,
  UpdateProfileDocument as UpdateProfileMutation,
} from '../features/profile/generated/documents.ts';
export {
  ReactToCommentDocument as ReactToCommentMutation,
  ReactToPostDocument as ReactToPostMutation,
  RemoveCommentReactionDocument as RemoveCommentReactionMutation,
  RemovePostReactionDocument as RemovePostReactionMutation,
} from '../features/reactions/generated/documents.ts';
export { SearchUsersDocument as SearchUsersQuery } from '../features/search/generated/documents.ts';
export { LatestPagesDocument as LatestPagesQuery } from '../features/sitemap/generated/documents.ts';
export * from './operations/account.ts';
export * from './operations/data-export.ts';
export * from './operations/lifecycle.ts';
export * from './operations/moderation.ts';
export * from './operations/passkeys.ts';
export type { Person, Profile } from './operations/person.ts';
export * from './operations/relationships.ts';
export * from './operations/session.ts';
export type { Tokens } from './operations/tokens.ts';
export * from './operations/two-factor.ts';
