/** Function URLs: HTTP requests as events of payload format 2.0, and results as HTTP responses. */
import type { HttpRequest, HttpResponse } from '../../../http.ts';
import type { UrlCaller } from './url-caller.ts';

/** Where and when a request was received. */
export interface Reception {
  readonly requestId: string;
  readonly urlId: string;
  readonly domain: string;
  readonly sourceIp: string;
  /** Service time in milliseconds. */
  readonly now: number;
  /** Who signed the request, where the URL wants that. */
  readonly caller?: UrlCaller | undefined;
}

/** Bodies of other types reach the function in base64. */
const TEXT = /^(?:text\/|application\/(?:json|javascript|xml|[\w.+-]+\+(?:json|xml))\b)/;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** e.g. `05/Jan/2026:09:00:00 +0000` */
const timeText = (now: number): string => {
  const [day = '', time = ''] = new Date(now).toISOString().split('T');
  const [year, month, date] = day.split('-');
  return `${date}/${MONTHS[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0000`;
};

const queryOf = (query: string): Record<string, string> | undefined => {
  if (!query) return undefined;
  const parameters: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query))
    parameters[name] = name in parameters ? `${parameters[name]},${value}` : value;
  return parameters;
};

const bodyOf = ({ body, headers }: HttpRequest) => {
  if (body.length === 0) return { isBase64Encoded: false };
  const isText = TEXT.test(headers['content-type'] ?? '');
  return {
    body: Buffer.from(body).toString(isText ? 'utf8' : 'base64'),
    isBase64Encoded: !isText,
  };
};

const authorizer = (caller: UrlCaller) => ({
  ...caller,
  callerId: caller.userId,
  cognitoIdentity: null,
  principalOrgId: null,
});

/** The event that a function gets for a request. */
export const urlEvent = (request: HttpRequest, reception: Reception) => {
  const [path = '/', query = ''] = request.url.split(/\?(.*)/s);
  const { cookie, ...headers } = request.headers;
  const parameters = queryOf(query);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    ...(cookie && { cookies: cookie.split(/; */) }),
    headers,
    ...(parameters && { queryStringParameters: parameters }),
    requestContext: {
      accountId: reception.caller?.accountId ?? 'anonymous',
      apiId: reception.urlId,
      ...(reception.caller && { authorizer: { iam: authorizer(reception.caller) } }),
      domainName: reception.domain,
      domainPrefix: reception.urlId,
      http: {
        method: request.method,
        path: path,
        protocol: 'HTTP/1.1',
        sourceIp: reception.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: reception.requestId,
      routeKey: '$default',
      stage: '$default',
      time: timeText(reception.now),
      timeEpoch: reception.now,
    },
    ...bodyOf(request),
  };
};

/** A response with a JSON body. */
const jsonResponse = (status: number, body: string): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(body),
});

/** The response to a request that failed for Lambda's own reasons or in the function. */
export const errorResponse = (status: number, Message: string): HttpResponse =>
  jsonResponse(status, JSON.stringify({ Message }));

/** The response to a request whose function failed, or returned no valid response. */
export const internalError: HttpResponse = jsonResponse(502, 'Internal Server Error');

/** The response for what a function returned (JSON): one that has a `statusCode` describes it, any other is its body. */
export const urlResponse = (payload: string): HttpResponse => {
  const result = JSON.parse(payload);
  if (typeof result !== 'object' || result?.statusCode === undefined)
    return jsonResponse(200, payload);
  const { statusCode, headers = {}, cookies = [], body = '', isBase64Encoded } = result;
  if (!Number.isInteger(Number(statusCode))) return internalError;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    status: Number(statusCode),
    headers: {
      'content-type': 'application/json',
      ...Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
      ),
      ...(cookies.length > 0 && { 'set-cookie': cookies.join(', ') }),
    },
    body: Buffer.from(text, isBase64Encoded ? 'base64' : 'utf8'),
  };
};
