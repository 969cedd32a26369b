import { describe } from 'vitest';
import { tellStory } from './story/story.ts';

describe('the story, all in one process', () => tellStory({}));
