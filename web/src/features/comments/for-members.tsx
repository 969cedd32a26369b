'use client';

import dynamic from 'next/dynamic';

/* As for-members.tsx of the feed: a post and its comments, or a comment and its replies. */
export const MemberCard = dynamic(async () => (await import('./member-parts.ts')).PostCard);
export const AuthorsPictures = dynamic(async () => (await import('./member-parts.ts')).OwnPictures);
export const MemberCommenting = dynamic(async () => (await import('./member-parts.ts')).CommentsPage);
export const MemberCommentBox = dynamic(async () => (await import('./member-parts.ts')).CommentBox);
export const MemberComments = dynamic(async () => (await import('./member-parts.ts')).PostComments);
export const MemberNewComments = dynamic(async () => (await import('./member-parts.ts')).NewComments);
export const MemberNewReplies = dynamic(async () => (await import('./member-parts.ts')).NewReplies);
export const MemberReplies = dynamic(async () => (await import('./member-parts.ts')).CommentReplies);
export const MemberComment = dynamic(async () => (await import('./member-parts.ts')).CommentCard);
