/** Knows how restJson1 writes values: JSON in bodies, strings in labels, query and headers. */

import type { JsonSettings } from '@smithy/core/protocols';
import {
  FromStringShapeDeserializer,
  JsonCodec2,
  ToStringShapeSerializer,
} from '@smithy/core/protocols';

const settings: JsonSettings = {
  timestampFormat: { useTrait: true, default: 7 },
  httpBindings: true,
  jsonName: true,
};

const codec = new JsonCodec2(settings);

/** Writes and reads bodies. */
export const jsonWriter = codec.createSerializer();
export const jsonReader = codec.createDeserializer();

/** Read and write labels, query fields and headers. */
export const stringReader = new FromStringShapeDeserializer(settings);
export const stringWriter = new ToStringShapeSerializer(settings);
