/** Knows what the front needs from a protocol of AWS, and which protocol a request is written in. */
import type { HttpRequest, HttpResponse } from '../../http.ts';
import type { OperationModel, ServiceModel } from '../model.ts';
import type { WireError } from '../wire-error.ts';
import { awsJson } from './aws-json.ts';
import { awsQuery } from './aws-query.ts';
import { restJson } from './rest-json.ts';
import { rpcCbor } from './rpcv2-cbor.ts';

/** One protocol, seen from the server: it reads requests and writes answers. */
export interface Protocol {
  /** Whether a request is written in this protocol. */
  speaks(request: HttpRequest): boolean;
  /** The service as the request itself names it, if it does. */
  target(request: HttpRequest): string | undefined;
  /** The operation as the request names it; where none fits, what a person would look for. */
  operationName(request: HttpRequest, model: ServiceModel | undefined): string;
  read(request: HttpRequest, operation: OperationModel, model: ServiceModel): Promise<unknown>;
  write(
    output: unknown,
    operation: OperationModel,
    model: ServiceModel,
    requestId: string,
  ): Promise<HttpResponse>;
  /** Writes an error; no model: the request's service is not known. */
  fail(error: WireError, model: ServiceModel | undefined, requestId: string): Promise<HttpResponse>;
}

// REST comes last: it has no mark of its own.
const protocols: readonly Protocol[] = [
  awsJson('1.0'),
  awsJson('1.1'),
  rpcCbor,
  awsQuery,
  restJson,
];

/** Finds the protocol of a request; a service may be spoken to in several, as CloudWatch is. */
export const protocolOf = (request: HttpRequest): Protocol =>
  protocols.find((protocol) => protocol.speaks(request)) ?? restJson;

const byShape: Readonly<Record<string, Protocol>> = {
  'aws.protocols#awsJson1_0': awsJson('1.0'),
  'aws.protocols#awsJson1_1': awsJson('1.1'),
  'aws.protocols#awsQuery': awsQuery,
};

/** The protocol that the client of a service speaks. */
export const protocolWith = ({ protocol }: ServiceModel): Protocol => byShape[protocol] ?? restJson;
