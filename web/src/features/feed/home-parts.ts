export { Composer } from '../composer/composer.tsx';
export { Feed } from './feed.tsx';
