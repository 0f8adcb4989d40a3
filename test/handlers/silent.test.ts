/** Events carry task tokens and links: nobody gets them into a log, whatever its level. */
import { expect, it, vi } from 'vitest';
import * as z from 'zod/mini';

it('no handler logs its event', async () => {
  vi.stubEnv('AWS_LAMBDA_LOG_LEVEL', 'TRACE');
  vi.resetModules();
  const lines: string[] = [];
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      lines.push(String(text));
      return true;
    }),
  );
  const { logger } = await import('../../handlers/function/log.ts');
  const { step } = await import('../../handlers/function/step.ts');
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

  expect(lines.join()).toContain('said');
  expect(lines.join()).not.toContain('a secret');
});
