/** Knows where a REST request carries the members of an input. */
import type { NormalizedSchema } from '@smithy/core/schema';
import type { HttpRequest } from '../../http.ts';
import { queryOf } from '../url.ts';
import { readDocument } from './json-document.ts';
import { jsonReader, readText } from './rest-codec.ts';

interface Places {
  readonly labels: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
}

const text = (member: NormalizedSchema, given: string | null | undefined): unknown =>
  given === undefined || given === null ? undefined : readText(member, given);

const fromQuery = (member: NormalizedSchema, key: string, query: URLSearchParams): unknown => {
  if (!member.isListSchema()) return text(member, query.get(key));
  const items = query.getAll(key);
  return items.length ? items.map((item) => text(member.getValueSchema(), item)) : undefined;
};

const prefixed = (prefix: string, headers: Readonly<Record<string, string>>) => {
  const found = Object.entries(headers).filter(([name]) => name.startsWith(prefix.toLowerCase()));
  return found.length
    ? Object.fromEntries(found.map(([name, value]) => [name.slice(prefix.length), value]))
    : undefined;
};

/** The value of a member that is bound outside the body; undefined: it is in the body, or not given. */
const outside = (name: string, member: NormalizedSchema, places: Places): unknown => {
  const { httpLabel, httpQuery, httpQueryParams, httpHeader, httpPrefixHeaders } =
    member.getMergedTraits();
  if (httpLabel) return text(member, places.labels[name]);
  if (httpQuery) return fromQuery(member, httpQuery, places.query);
  if (httpQueryParams) return Object.fromEntries(places.query);
  if (httpHeader) return text(member, places.headers[httpHeader.toLowerCase()]);
  if (httpPrefixHeaders !== undefined) return prefixed(httpPrefixHeaders, places.headers);
  return undefined;
};

const payloadOf = (member: NormalizedSchema, body: Uint8Array): unknown => {
  // Sockets give Buffers, whose toString and toJSON are not those of the plain bytes that services expect.
  if (member.isBlobSchema()) return Uint8Array.from(body);
  const document = new TextDecoder().decode(body);
  return member.isStringSchema() ? document : readDocument(jsonReader, member, document);
};

const inside = (shape: NormalizedSchema, body: Uint8Array): object => {
  if (body.length === 0) return {};
  for (const [name, member] of shape.structIterator()) {
    if (member.getMergedTraits().httpPayload) return { [name]: payloadOf(member, body) };
  }
  return readDocument(jsonReader, shape, new TextDecoder().decode(body));
};

/** Reads an input out of a request whose path has been matched. */
export const readBound = async (
  shape: NormalizedSchema,
  { url, headers, body }: HttpRequest,
  labels: Readonly<Record<string, string>>,
): Promise<unknown> => {
  if (shape.isUnitSchema()) return {};
  const input: Record<string, unknown> = { ...inside(shape, body) };
  const places = { labels, query: queryOf(url), headers };
  for (const [name, member] of shape.structIterator()) {
    const value = outside(name, member, places);
    if (value !== undefined) input[name] = value;
  }
  return input;
};
