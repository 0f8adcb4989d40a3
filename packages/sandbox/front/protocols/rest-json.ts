/** Knows the protocol restJson1: members are bound to path labels, query, headers, the payload, or a JSON body. */

import { structure } from '../schemas.ts';
import { pathOf } from '../url.ts';
import { errorStructure } from '../wire-error.ts';
import type { Protocol } from './protocol.ts';
import { readBound } from './rest-request.ts';
import { writeBound } from './rest-response.ts';
import { routeOf } from './rest-route.ts';

/** restJson1. */
export const restJson: Protocol = {
  speaks: () => true,
  target: () => undefined,
  operationName: (request, model) =>
    (model && routeOf(request, model)?.operation.name) ??
    `${request.method} ${pathOf(request.url)}`,
  read: async (request, { input }, model) =>
    readBound(input, request, routeOf(request, model)?.labels ?? {}),
  write: async (output, { http, output: shape }) => {
    const schema = shape.isUnitSchema() ? structure('Unit', {}) : shape.getSchema();
    return writeBound(schema, (output ?? {}) as Record<string, unknown>, http?.[2] ?? 200);
  },
  fail: async (error) => {
    const { schema, value } = errorStructure(error, {});
    const response = await writeBound(schema, value, error.status);
    return { ...response, headers: { ...response.headers, 'x-amzn-errortype': error.name } };
  },
};
