/** Requests of a client that knows AWS's protocols and minds nothing else: odd inputs on every wire. */
import { cbor } from '@smithy/core/cbor';
import type { NormalizedSchema } from '@smithy/core/schema';
import {
  modelOf,
  type OperationModel,
  type ServiceModel,
  services,
} from '../../../packages/sandbox/front/model.ts';
import type { HttpRequest } from '../../../packages/sandbox/http.ts';
import { form, json, request, scope } from '../front/requests.ts';

type Input = Readonly<Record<string, unknown>>;
type Writer = (model: ServiceModel, operation: OperationModel, input: Input) => HttpRequest;

const signed = ({ row }: ServiceModel) => ({
  authorization: scope(row.signingName ?? row.id, 'us-east-1'),
});

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? null);

const ofJson: Writer = (model, { name }, input) =>
  json(`${model.row.target}.${name}`, input, signed(model));

/** Fields of a form; members that are not in the schema's shape are written as they are. */
const fieldsOf = (shape: NormalizedSchema, value: unknown, key: string): [string, string][] => {
  const named = (other: NormalizedSchema, otherwise: string) =>
    other.getMergedTraits().xmlName ?? otherwise;
  if (value === undefined || value === null) return [];
  if (shape.isListSchema() && Array.isArray(value)) {
    const item = shape.getValueSchema();
    const flat = shape.getMergedTraits().xmlFlattened;
    return value.flatMap((each, index) =>
      fieldsOf(item, each, `${key}${flat ? '' : `.${named(item, 'member')}`}.${index + 1}`),
    );
  }
  if (shape.isMapSchema() && typeof value === 'object') {
    return Object.entries(value).flatMap(([name, each], index) => [
      [`${key}.entry.${index + 1}.key`, name] as [string, string],
      ...fieldsOf(shape.getValueSchema(), each, `${key}.entry.${index + 1}.value`),
    ]);
  }
  if (shape.isStructSchema() && typeof value === 'object') {
    const given = value as Input;
    return [...shape.structIterator()].flatMap(([name, member]) =>
      fieldsOf(member, given[name], key ? `${key}.${named(member, name)}` : named(member, name)),
    );
  }
  return [[key, textOf(value)]];
};

const ofForm: Writer = (model, { name, input: shape }, input) =>
  form(
    `${new URLSearchParams([['Action', name], ...(shape.isUnitSchema() ? [] : fieldsOf(shape, input, ''))])}`,
    signed(model),
  );

const ofCbor: Writer = (model, { name }, input) =>
  request({
    url: `/service/${model.row.target}/operation/${name}`,
    headers: { 'smithy-protocol': 'rpc-v2-cbor', ...signed(model) },
    body: Uint8Array.from(cbor.serialize(input)),
  });

const ofRest: Writer = (model, { input: shape, http }, input) => {
  const [method, template] = http!;
  const [path = '', fixed = ''] = template.split('?');
  const query = new URLSearchParams(fixed);
  const headers: Record<string, string> = {};
  const labels: Record<string, string> = {};
  const body: Record<string, unknown> = {};
  let payload: string | undefined;
  for (const [name, member] of shape.isUnitSchema() ? [] : shape.structIterator()) {
    const traits = member.getMergedTraits();
    const value = input[traits.jsonName ?? name];
    if (traits.httpLabel) labels[name] = textOf(value ?? 'a');
    else if (value === undefined) continue;
    else if (traits.httpQuery) {
      for (const each of [value].flat()) query.append(traits.httpQuery, textOf(each));
    } else if (traits.httpHeader) headers[traits.httpHeader.toLowerCase()] = textOf(value);
    else if (traits.httpPayload) payload = textOf(value);
    else body[traits.jsonName ?? name] = value;
  }
  const url = path.replace(/\{(\w+)\+?\}/g, (_, name) => encodeURIComponent(labels[name] || 'a'));
  return request({
    method,
    url: query.size ? `${url}?${query}` : url,
    headers: { ...headers, ...signed(model) },
    text: payload ?? JSON.stringify(body),
  });
};

const writers: Readonly<Record<string, readonly Writer[]>> = {
  'aws.protocols#awsJson1_0': [ofJson],
  'aws.protocols#awsJson1_1': [ofJson],
  'aws.protocols#awsQuery': [ofForm],
  'aws.protocols#restJson1': [ofRest],
  'smithy.protocols#rpcv2Cbor': [ofCbor, ofForm, ofJson],
};

/** The wires that an operation is spoken on, by its service's protocol. */
export const wiresOf = ({ protocol }: ServiceModel): readonly Writer[] => {
  const known = writers[protocol];
  if (!known) throw new Error(`nobody writes requests in ${protocol} yet`);
  return known;
};

/** The request of an operation on the first of its wires. */
export const sent = async (
  service: string,
  operation: string,
  input: Input,
): Promise<HttpRequest> => {
  const model = await modelOf(services.find(({ id }) => id === service)!);
  const [write] = wiresOf(model);
  return write!(model, model.operations.get(operation)!, input);
};
