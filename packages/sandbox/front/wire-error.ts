/** Knows how an error of the sandbox looks on the wire, in every protocol. */
import type { NormalizedSchema } from '@smithy/core/schema';
import type { $SchemaRef, StaticStructureSchema } from '@smithy/types';
import { AwsError } from '../aws-error.ts';
import type { ServiceModel } from './model.ts';
import { documentSchema, memberRefs, structure } from './schemas.ts';

/** An error, ready to be written. */
export interface WireError {
  /** Name of its shape. */
  readonly name: string;
  /** Its code in the query protocol. */
  readonly code: string;
  readonly status: number;
  readonly fault: 'client' | 'server';
  readonly message: string;
  /** Further members: their schemas and their values. */
  readonly members: Readonly<Record<string, $SchemaRef>>;
  readonly values: Readonly<Record<string, unknown>>;
  /** The message's name in the shape: AWS writes both `message` and `Message`. */
  readonly messageName: string;
}

const isMessage = (name: string) => name.toLowerCase() === 'message';

const queryCodeOf = (shape: NormalizedSchema | undefined): string | undefined =>
  (shape?.getMergedTraits().awsQueryError as [code: string] | undefined)?.[0];

const shapeOf = (name: string, model: ServiceModel | undefined): NormalizedSchema | undefined =>
  model?.errors.get(name) ??
  [...(model?.errors.values() ?? [])].find((shape) => queryCodeOf(shape) === name);

/** What was thrown, as its service's model describes it; what is no AwsError is a defect of the sandbox. */
export const wireErrorOf = (thrown: unknown, model: ServiceModel | undefined): WireError => {
  if (!(thrown instanceof AwsError)) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return wireErrorOf(new AwsError('InternalFailure', message, { status: 500 }), undefined);
  }
  const shape = shapeOf(thrown.name, model);
  const traits = shape?.getMergedTraits() ?? {};
  const refs: Record<string, $SchemaRef> = shape && !model?.row.raw ? memberRefs(shape) : {};
  const names = Object.keys(refs).filter((name) => !isMessage(name));
  const extra = shape && !model?.row.raw ? names : Object.keys(thrown.members);
  const status = shape ? ((traits.httpError as number | undefined) ?? 400) : thrown.status;
  return {
    name: shape?.getName() ?? thrown.name,
    code: (traits.awsQueryError as [string] | undefined)?.[0] ?? thrown.name,
    status,
    fault: status < 500 ? 'client' : 'server',
    message: thrown.message,
    members: Object.fromEntries(extra.map((name) => [name, refs[name] ?? documentSchema])),
    values: Object.fromEntries(extra.map((name) => [name, thrown.members[name]])),
    messageName: Object.keys(refs).find(isMessage) ?? 'message',
  };
};

/** The error as one structure, with members of the protocol's own in front. */
export const errorStructure = (
  { members, values, message, messageName }: WireError,
  own: Readonly<Record<string, string>>,
): { schema: StaticStructureSchema; value: Record<string, unknown> } => {
  const texts: Record<string, string> = { ...own, [messageName]: message };
  const textRefs = Object.fromEntries(Object.keys(texts).map((name) => [name, 0 as const]));
  return {
    schema: structure('Error', { ...textRefs, ...members }),
    value: { ...texts, ...values },
  };
};
