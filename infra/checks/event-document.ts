import * as z from 'zod';
import type { EventContract } from '../../platform/src/contracts/contract.ts';
import { events } from '../../platform/src/contracts/registry.ts';
import { type ServiceName, serviceNames } from '../../platform/src/contracts/services.ts';
import { subscriptions } from '../../platform/src/contracts/subscriptions.ts';
import { cloudEvent, eventType } from '../../platform/src/events/envelope.ts';
import { readableTypes } from '../../platform/src/events/versions.ts';

/** The part of a JSON schema that is compared. */
export interface ObjectSchema {
  properties?: Record<string, unknown>;
  required?: string[];
}

/** Of an AsyncAPI document, what is read again. */
export interface EventDocument {
  components: { messages: Record<string, unknown>; schemas: Record<string, ObjectSchema> };
  [part: string]: unknown;
}

const reference = (path: string) => ({ $ref: `#/${path}` });

/** What a reader accepts: fields that it does not know are no fault. */
function schemaOf(schema: z.ZodType): ObjectSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest as ObjectSchema;
}

function messageOf(contract: EventContract) {
  const type = eventType(contract);
  return {
    name: type,
    contentType: 'application/cloudevents+json',
    payload: {
      allOf: [
        reference('components/schemas/CloudEvent'),
        {
          type: 'object',
          properties: { type: { const: type }, data: reference(`components/schemas/${type}`) },
        },
      ],
    },
  };
}

/** What a service does with these events, unless there are none. */
function operation(service: ServiceName, action: 'send' | 'receive', types: readonly string[]) {
  if (types.length === 0) return [];
  const messages = types.map((type) => reference(`channels/events/messages/${type}`));
  return [[`${service}_${action}s`, { action, channel: reference('channels/events'), messages }] as const];
}

/** The events of SocialHub as an AsyncAPI 3 document, out of their contracts. */
export function eventDocument(): EventDocument {
  const types = events.map(eventType);
  const sentBy = (service: ServiceName) =>
    events.filter(({ producer }) => [producer].flat().includes(service)).map(eventType);
  return {
    asyncapi: '3.1.0',
    info: {
      title: 'SocialHub events',
      version: '1.0.0',
      description:
        'Written by `npm run check:events -- --write` out of platform/src/contracts. At least once, a subject in order.',
    },
    defaultContentType: 'application/cloudevents+json',
    channels: {
      events: {
        address: 'socialhub.events',
        description:
          'A topic exchange. A routing key is six bits of the hash of source and subject, and the type.',
        messages: Object.fromEntries(types.map((type) => [type, reference(`components/messages/${type}`)])),
        bindings: {
          amqp: { is: 'routingKey', exchange: { name: 'socialhub.events', type: 'topic', durable: true } },
        },
      },
    },
    operations: Object.fromEntries(
      serviceNames.flatMap((service) => [
        ...operation(service, 'send', sentBy(service)),
        ...operation(service, 'receive', subscriptions[service].flatMap(readableTypes)),
      ]),
    ),
    components: {
      messages: Object.fromEntries(events.map((contract) => [eventType(contract), messageOf(contract)])),
      schemas: {
        // What `data` is stands with each type.
        CloudEvent: schemaOf(cloudEvent.omit({ data: true })),
        ...Object.fromEntries(events.map((contract) => [eventType(contract), schemaOf(contract.schema)])),
      },
    },
  };
}
