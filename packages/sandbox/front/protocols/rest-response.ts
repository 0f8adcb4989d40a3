/** Knows where a REST response carries the members of an output or an error. */
import { NormalizedSchema } from '@smithy/core/schema';
import type { $SchemaRef } from '@smithy/types';
import type { HttpResponse } from '../../http.ts';
import { encoded } from '../bytes.ts';
import { eventStream } from './event-stream.ts';
import { jsonWriter, stringWriter } from './rest-codec.ts';

const textOf = (member: NormalizedSchema, value: unknown): string => {
  stringWriter.write(member, value);
  return stringWriter.flush();
};

const headersOf = (
  member: NormalizedSchema,
  value: unknown,
): Readonly<Record<string, string>> | undefined => {
  const { httpHeader, httpPrefixHeaders } = member.getMergedTraits();
  if (httpHeader) return { [httpHeader.toLowerCase()]: textOf(member, value) };
  if (httpPrefixHeaders === undefined) return undefined;
  const entries = Object.entries(value as Record<string, string>);
  return Object.fromEntries(
    entries.map(([key, text]) => [`${httpPrefixHeaders}${key}`.toLowerCase(), text]),
  );
};

const jsonOf = (schema: $SchemaRef, value: unknown): Uint8Array => {
  jsonWriter.write(NormalizedSchema.of(schema), value);
  return encoded(jsonWriter.flush());
};

/** A payload is the body itself: a stream of events, bytes, text, or one structure as JSON. */
const payloadOf = async (
  shape: NormalizedSchema,
  member: NormalizedSchema,
  value: unknown,
): Promise<{ contentType: string; body: Uint8Array }> => {
  if (member.isStreaming() && member.isStructSchema()) {
    const body = await eventStream(shape, value as AsyncIterable<unknown>);
    return { contentType: 'application/vnd.amazon.eventstream', body };
  }
  if (member.isBlobSchema()) {
    return {
      contentType: 'application/octet-stream',
      body: encoded((value ?? '') as string | Uint8Array),
    };
  }
  if (member.isStringSchema()) {
    return { contentType: 'text/plain', body: encoded(String(value ?? '')) };
  }
  return { contentType: 'application/json', body: jsonOf(member.getSchema(), value ?? {}) };
};

/** Writes a structure into a response; `status` counts unless a member is bound to it. */
export const writeBound = async (
  schema: $SchemaRef,
  value: Readonly<Record<string, unknown>>,
  status: number,
): Promise<HttpResponse> => {
  const shape = NormalizedSchema.of(schema);
  let response = { status, headers: {} as Readonly<Record<string, string>> };
  let payload: { contentType: string; body: Uint8Array } | undefined;
  const inBody: Record<string, unknown> = {};
  let hasBody = false;

  for (const [name, member] of shape.structIterator()) {
    const { httpPayload, httpResponseCode, httpHeader, httpPrefixHeaders } =
      member.getMergedTraits();
    const given = value[name] ?? undefined;
    if (httpPayload) payload = await payloadOf(shape, member, given);
    else if (httpResponseCode) {
      response = { ...response, status: (given as number | undefined) ?? status };
    } else if (httpHeader || httpPrefixHeaders !== undefined) {
      if (given !== undefined) {
        response = { ...response, headers: { ...response.headers, ...headersOf(member, given) } };
      }
    } else {
      hasBody = true;
      inBody[name] = given;
    }
  }
  if (hasBody) payload ??= { contentType: 'application/json', body: jsonOf(schema, inBody) };
  if (!payload) return { ...response, body: encoded('') };
  return {
    status: response.status,
    headers: { 'content-type': payload.contentType, ...response.headers },
    body: payload.body,
  };
};
