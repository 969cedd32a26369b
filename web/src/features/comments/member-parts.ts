export { OwnPictures } from '../media/own-pictures.tsx';
export { PostCard } from '../post/post-card.tsx';
export { CommentBox } from './comment-box.tsx';
export { CommentCard } from './comment-card.tsx';
export { CommentReplies, PostComments } from './comment-list.tsx';
export { CommentsPage } from './commenting.tsx';
export { NewComments, NewReplies } from './new-comments.tsx';
