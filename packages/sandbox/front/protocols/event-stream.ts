/** Knows AWS's event-stream encoding, in which e.g. InvokeWithResponseStream answers. */
import { buffer } from 'node:stream/consumers';
import { EventStreamMarshaller, EventStreamSerde } from '@smithy/core/event-streams';
import type { NormalizedSchema } from '@smithy/core/schema';
import { fromUtf8, toUtf8 } from '@smithy/core/serde';
import { jsonReader, jsonWriter } from './rest-codec.ts';

const serde = new EventStreamSerde({
  marshaller: new EventStreamMarshaller({ utf8Encoder: toUtf8, utf8Decoder: fromUtf8 }),
  serializer: jsonWriter,
  deserializer: jsonReader,
  defaultContentType: 'application/json',
});

/** Encodes all events of a stream; the stream is a member of `shape`. */
export const eventStream = async (
  shape: NormalizedSchema,
  events: AsyncIterable<unknown>,
): Promise<Uint8Array> => {
  const frames = await serde.serializeEventStream({ eventStream: events, requestSchema: shape });
  return buffer(frames as AsyncIterable<Uint8Array>);
};
