/** Knows how restJson1 writes values: JSON in bodies, strings in labels, query and headers. */

import type { JsonSettings } from '@smithy/core/protocols';
import {
  JsonCodec2,
  JsonShapeDeserializer2,
  ToStringShapeSerializer,
} from '@smithy/core/protocols';
import { scalarTexts } from './scalar-text.ts';

const settings: JsonSettings = {
  timestampFormat: { useTrait: true, default: 7 },
  httpBindings: true,
  jsonName: true,
};

/** Writes and reads bodies. */
export const jsonWriter = new JsonCodec2(settings).createSerializer();
export const jsonReader = new JsonShapeDeserializer2(settings);

/** Read and write labels, query fields and headers. */
export const readText = scalarTexts(settings);
export const stringWriter = new ToStringShapeSerializer(settings);
