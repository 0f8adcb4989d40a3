/** Events carry task tokens and links: nobody gets them into a log, not even by Powertools' own switch for that. */
import { expect, it, vi } from 'vitest';
import * as z from 'zod/mini';

it('no handler logs its event', async () => {
  vi.stubEnv('POWERTOOLS_LOGGER_LOG_EVENT', 'true');
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'INFO');
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.resetModules();
  const lines: unknown[] = [];
  const spies = (['info', 'log', 'debug', 'warn', 'error'] as const).map((level) =>
    vi.spyOn(console, level).mockImplementation((...said) => void lines.push(said)),
  );
  const { logger, step } = await import('../../handlers/function/step.ts');
  const { trigger } = await import('../../handlers/triggers/trigger.ts');
  const schema = z.looseObject({});
  const handlers = [
    step({ input: schema, output: schema }, async () => ({})),
    trigger(schema, async () => ({})),
  ];
  for (const handler of handlers)
    await handler({ token: 'a secret' }, { functionName: 'one' } as never, {} as never);
  logger.info('said');
  for (const spy of spies) spy.mockRestore();
  vi.unstubAllEnvs();

  expect(JSON.stringify(lines)).toContain('said');
  expect(JSON.stringify(lines)).not.toContain('a secret');
});
