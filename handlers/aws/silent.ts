import type { ECSClientConfig } from '@aws-sdk/client-ecs';

const nothing = (): void => undefined;

/**
 * Settings of every client: a logger that writes nothing and has no `info`. For one that has it, whether it writes or
 * not, the SDK copies every input and every answer, to leave out what is secret (its `loggerMiddleware`, the only place
 * that calls `info`, and only where there is one).
 */
export const SILENT = {
  logger: {
    trace: nothing,
    debug: nothing,
    warn: nothing,
    error: nothing,
  } as unknown as NonNullable<ECSClientConfig['logger']>,
};
