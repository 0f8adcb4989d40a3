/** Knows how to make up a value of any schema: every member, two items a list, the same value every time. */
import { JsonCodec2 } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import type { OperationModel } from '../../../packages/sandbox/front/model.ts';

// Text that only survives when each protocol escapes it.
const hardText = `<a&b> "c" 'd' é+%/ 1`;

const scalar = (shape: NormalizedSchema): unknown => {
  const { httpHeader } = shape.getMergedTraits();
  if (shape.isStringSchema()) return httpHeader ? 'plain-header' : hardText;
  if (shape.isBooleanSchema()) return true;
  if (shape.isNumericSchema()) return 207;
  if (shape.isTimestampSchema()) return new Date('2026-01-02T03:04:05Z');
  if (shape.isBlobSchema()) return new Uint8Array([0, 1, 254, 255]);
  if (shape.isDocumentSchema()) return { any: ['json', 1, true] };
  return undefined;
};

/** A sample; undefined where a shape would hold itself. */
export const sample = (
  shape: NormalizedSchema,
  around: readonly unknown[] = [],
  variant = 0,
): unknown => {
  if (shape.isUnitSchema()) return {};
  const schema = shape.getSchema();
  if (around.includes(schema)) return undefined;
  const within = typeof schema === 'object' ? [...around, schema] : around;

  if (shape.isStructSchema()) {
    const members = [...shape.structIterator()];
    const chosen = shape.isUnionSchema() ? [members[variant % members.length]!] : members;
    const entries = chosen.map(([name, member]) => [name, sample(member, within, variant)]);
    const given = entries.filter(([, value]) => value !== undefined);
    return given.length || !around.length ? Object.fromEntries(given) : undefined;
  }
  if (shape.isListSchema() || shape.isMapSchema()) {
    const values = [0, 1].map((item) => sample(shape.getValueSchema(), within, item));
    if (values.includes(undefined)) return undefined;
    return shape.isListSchema() ? values : { 'key one': values[0], 'key/2': values[1] };
  }
  return scalar(shape);
};

const codec = new JsonCodec2({ timestampFormat: { useTrait: true, default: 7 }, jsonName: false });

/** The JSON document that a raw service takes and gives. */
export const wireDocument = (shape: NormalizedSchema, value: unknown): unknown => {
  const serializer = codec.createSerializer();
  serializer.write(shape.getSchema(), value);
  return JSON.parse(new TextDecoder().decode(serializer.flush()));
};

/** The value that such a document holds. */
export const fromWireDocument = (shape: NormalizedSchema, document: unknown): Promise<unknown> =>
  codec.createDeserializer().read(shape.getSchema(), JSON.stringify(document));

/** Members that make a client choose another address; they never reach a front of ours. */
const addressing: Record<string, string> = { PutEvents: 'EndpointId' };

/** A sample input of an operation. */
export const inputOf = ({ name, input }: OperationModel): Record<string, unknown> => {
  const { [addressing[name] ?? '']: _, ...given } = sample(input) as Record<string, unknown>;
  return given;
};

/** A sample output of an operation. */
export const outputOf = ({ output }: OperationModel) => sample(output) as Record<string, unknown>;
