import { findRabbitMq } from '@socialhub/servers/rabbitmq';
import { describe } from 'vitest';
import { tellStory } from './story/story.ts';

describe.skipIf(!findRabbitMq())('the story, one process per service on RabbitMQ', () =>
  tellStory({ processes: true, rabbitmq: true }),
);
