/** Knows the header that names an error's code of the query protocol that a service has left behind. */
import type { ServiceModel } from '../model.ts';
import type { WireError } from '../wire-error.ts';

/** The header, for services whose clients look for it; else nothing. */
export const queryError = (
  { code, fault }: WireError,
  model: ServiceModel | undefined,
): Readonly<Record<string, string>> =>
  model?.awsQueryCompatible
    ? { 'x-amzn-query-error': `${code};${fault === 'client' ? 'Sender' : 'Receiver'}` }
    : {};
