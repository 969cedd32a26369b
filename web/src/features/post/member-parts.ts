export { CommentBox } from '../comments/comment-box.tsx';
export { CommentCard } from '../comments/comment-card.tsx';
export { CommentReplies, PostComments } from '../comments/comment-list.tsx';
export { CommentsPage } from '../comments/commenting.tsx';
export { OwnPictures } from '../media/own-pictures.tsx';
export { PostCard } from './post-card.tsx';
