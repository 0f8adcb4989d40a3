/** Knows which operation of a REST service a method and path mean. */
import { AwsError } from '../../aws-error.ts';
import type { HttpRequest } from '../../http.ts';
import type { OperationModel, ServiceModel } from '../model.ts';
import { pathOf, queryOf } from '../url.ts';

/** An operation, and the values of the labels in its path. */
export interface Route {
  readonly operation: OperationModel;
  readonly labels: Readonly<Record<string, string>>;
}

interface Template {
  readonly operation: OperationModel;
  readonly method: string;
  readonly segments: readonly string[];
  /** Query fields that belong to the address, e.g. `find=LayerVersion`. */
  readonly query: readonly (readonly [string, string])[];
}

const segmentsOf = (path: string) => path.split('/').filter((segment) => segment !== '');

const isLabel = (segment: string) => segment.startsWith('{');

/** Literal before label before greedy label, from the left; then the one that asks for more of the query. */
const specificity = ({ segments, query }: Template): string =>
  segments.map((segment) => (segment.endsWith('+}') ? 2 : isLabel(segment) ? 1 : 0)).join('') +
  `-${9 - query.length}`;

const templatesOf = ({ operations }: ServiceModel): Template[] =>
  [...operations.values()]
    .flatMap((operation) => {
      if (!operation.http) return [];
      const [method, uri] = operation.http;
      const query = [...queryOf(uri)];
      return [{ operation, method, segments: segmentsOf(pathOf(uri)), query }];
    })
    .toSorted((a, b) => (specificity(a) < specificity(b) ? -1 : 1));

const templates = new WeakMap<ServiceModel, Template[]>();

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new AwsError('SerializationException', `The path is not percent-encoded: ${segment}`);
  }
};

const labelsOf = (
  { segments }: Template,
  path: readonly string[],
): Record<string, string> | undefined => {
  const labels: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const name = segment.replace(/[{}+]/g, '');
    const greedy = segment.endsWith('+}');
    const given = greedy ? path.slice(index).join('/') : path[index];
    if (!given) return undefined;
    if (isLabel(segment)) labels[name] = decoded(given);
    else if (segment !== given) return undefined;
    if (greedy) return labels;
  }
  return path.length === segments.length ? labels : undefined;
};

/** Finds the route of a request; undefined: the service has no such operation. */
export const routeOf = ({ method, url }: HttpRequest, model: ServiceModel): Route | undefined => {
  const known = templates.get(model) ?? templatesOf(model);
  templates.set(model, known);
  const path = segmentsOf(pathOf(url));
  const query = queryOf(url);
  for (const template of known) {
    const fits =
      template.method === method &&
      template.query.every(([key, value]) => query.get(key) === value);
    const labels = fits && labelsOf(template, path);
    if (labels) return { operation: template.operation, labels };
  }
  return undefined;
};
