/**
 * Everything that the web asks the gateway, from the documents of its features with their generated types (`npm run generate`);
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
  MessagesPageDocument as MessagesPageQuery,
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
  CommentNowDocument as CommentNowQuery,
  CommentsNowDocument as CommentsNowQuery,
  CommentThreadDocument as CommentThreadQuery,
  CreateCommentDocument as CreateCommentMutation,
  DeleteCommentDocument as DeleteCommentMutation,
  PostNowDocument as PostNowQuery,
  RepliesNowDocument as RepliesNowQuery,
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
  ExploreDocument as ExploreQuery,
  HashtagTimelineDocument as HashtagTimelineQuery,
  HomeDocument as HomeQuery,
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
  AccountErasuresDocument as AccountErasuresQuery,
  AuditLogDocument as AuditLogQuery,
  ReinstateDocument as ReinstateMutation,
  RemoveCommentDocument as RemoveCommentMutation,
  RemovePostDocument as RemovePostMutation,
  RestoreCommentDocument as RestoreCommentMutation,
  RestorePostDocument as RestorePostMutation,
  SetRoleDocument as SetRoleMutation,
  StandingDocument as StandingQuery,
  SuspendDocument as SuspendMutation,
} from '../features/moderation/generated/documents.ts';
export {
  MarkNotificationReadDocument as MarkNotificationReadMutation,
  MarkNotificationsReadDocument as MarkNotificationsReadMutation,
  NotificationPreferencesDocument as NotificationPreferencesQuery,
  NotificationReceivedDocument as NotificationReceivedSubscription,
  NotificationsDocument as NotificationsQuery,
  NotificationsPageDocument as NotificationsPageQuery,
  UnreadNotificationsDocument as UnreadNotificationsQuery,
  UpdateNotificationPreferencesDocument as UpdateNotificationPreferencesMutation,
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
  ProfileDocument as ProfileQuery,
  UpdateProfileDocument as UpdateProfileMutation,
} from '../features/profile/generated/documents.ts';
export {
  ReactToCommentDocument as ReactToCommentMutation,
  ReactToPostDocument as ReactToPostMutation,
  RemoveCommentReactionDocument as RemoveCommentReactionMutation,
  RemovePostReactionDocument as RemovePostReactionMutation,
} from '../features/reactions/generated/documents.ts';
export {
  AcceptFollowRequestDocument as AcceptFollowRequestMutation,
  BlockDocument as BlockMutation,
  BlockedUsersDocument as BlockedUsersQuery,
  FollowDocument as FollowMutation,
  FollowRequestsDocument as FollowRequestsQuery,
  MuteDocument as MuteMutation,
  MutedUsersDocument as MutedUsersQuery,
  RejectFollowRequestDocument as RejectFollowRequestMutation,
  RemoveFollowerDocument as RemoveFollowerMutation,
  RingBellDocument as RingBellMutation,
  SilenceBellDocument as SilenceBellMutation,
  UnblockDocument as UnblockMutation,
  UnfollowDocument as UnfollowMutation,
  UnmuteDocument as UnmuteMutation,
} from '../features/relationships/generated/documents.ts';
export { SearchUsersDocument as SearchUsersQuery } from '../features/search/generated/documents.ts';
export {
  BeginPasskeyLogInDocument as BeginPasskeyLogInMutation,
  ConfirmEmailChangeDocument as ConfirmEmailChangeMutation,
  EmailStandingDocument as EmailStandingQuery,
  LogInDocument as LogInMutation,
  LogInWithPasskeyDocument as LogInWithPasskeyMutation,
  LogOutDocument as LogOutMutation,
  RegisterDocument as RegisterMutation,
  RequestEmailVerificationDocument as RequestEmailVerificationMutation,
  RequestPasswordResetDocument as RequestPasswordResetMutation,
  ResetPasswordDocument as ResetPasswordMutation,
  VerifyEmailDocument as VerifyEmailMutation,
  WelcomeDocument as WelcomeQuery,
} from '../features/session/generated/documents.ts';
export {
  AccountDocument as AccountQuery,
  AddPasskeyDocument as AddPasskeyMutation,
  BeginPasskeyDocument as BeginPasskeyMutation,
  BeginTwoFactorDocument as BeginTwoFactorMutation,
  CancelEmailChangeDocument as CancelEmailChangeMutation,
  ChangeEmailDocument as ChangeEmailMutation,
  ChangePasswordDocument as ChangePasswordMutation,
  ConfirmTwoFactorDocument as ConfirmTwoFactorMutation,
  DataExportDocument as DataExportQuery,
  DataExportProgressDocument as DataExportProgressSubscription,
  DataExportUrlDocument as DataExportUrlQuery,
  DataPageDocument as DataPageQuery,
  DeactivateAccountDocument as DeactivateAccountMutation,
  DeleteAccountDocument as DeleteAccountMutation,
  DisableTwoFactorDocument as DisableTwoFactorMutation,
  EndAllSessionsDocument as EndAllSessionsMutation,
  RemovePasskeyDocument as RemovePasskeyMutation,
  RenamePasskeyDocument as RenamePasskeyMutation,
  RenewRecoveryCodesDocument as RenewRecoveryCodesMutation,
  RequestDataExportDocument as RequestDataExportMutation,
  RevokeSessionDocument as RevokeSessionMutation,
  SignInFactorsDocument as SignInFactorsQuery,
} from '../features/settings/generated/documents.ts';
export { LatestPagesDocument as LatestPagesQuery } from '../features/sitemap/generated/documents.ts';
export {
  RefreshTokensDocument as RefreshTokensMutation,
  ViewerDocument as ViewerQuery,
  WhoAmIDocument as WhoAmIQuery,
} from '../session/generated/documents.ts';
