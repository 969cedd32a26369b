export { NavItem } from '../../ui/nav-item.tsx';
export { MessagesLink } from '../chat/messages-link.tsx';
export { NewPostLink } from '../composer/new-post-link.tsx';
export { NotificationsLink } from '../notifications/notifications-link.tsx';
export { MoreMenu } from './more-menu.tsx';
export { OutboxSender } from './outbox-sender.tsx';
export { Shortcuts } from './shortcuts.tsx';
