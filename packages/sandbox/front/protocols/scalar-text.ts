/** Knows single values that are written as texts: in forms, and in the paths, queries and headers of REST. */
import { FromStringShapeDeserializer, type JsonSettings } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';

const isNumber = (text: string): boolean => text === 'NaN' || !Number.isNaN(Number(text));

/** Makes the reader of a protocol; it throws an Error where a text is no value of the type. */
export const scalarTexts = (settings: JsonSettings) => {
  const reader = new FromStringShapeDeserializer(settings);
  return (shape: NormalizedSchema, text: string): unknown => {
    if (shape.isNumericSchema() && !isNumber(text)) {
      throw new Error(`STRING_VALUE cannot be converted to Number: '${text}'`);
    }
    if (shape.isBooleanSchema() && !/^(true|false)$/i.test(text)) {
      throw new Error(`STRING_VALUE cannot be converted to Boolean: '${text}'`);
    }
    return reader.read(shape, text);
  };
};
