import '../environment.ts';

import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { ContractError, TryAgainError } from '../../../core/text/errors.ts';
import { Text } from '../../../core/text/schema.ts';
import { step } from '../../../handlers/function/step.ts';
import { invoke } from '../invoke.ts';

const contract = {
  input: z.strictObject({ name: Text }),
  output: z.strictObject({ length: z.int() }),
};

const counting = step(contract, async ({ name }) => ({ length: name.length }));

it('gives a step its checked input, and the machine its checked output', async () => {
  expect(await invoke(counting, { name: 'storefront' })).toEqual({ length: 10 });
});

it('refuses an input that the schema does not allow, by a name that no machine retries', async () => {
  const refused = invoke(counting, { name: 'storefront', phase: 'Holding' });

  await expect(refused).rejects.toThrow(ContractError);
  await expect(refused).rejects.toMatchObject({ name: 'ContractError' });
  await expect(refused).rejects.toThrow(/^input: .*phase/s);
});

it('refuses an output that the schema does not allow', async () => {
  const wrong = step(contract, async () => ({ length: 1.5 }));

  await expect(invoke(wrong, { name: 'storefront' })).rejects.toThrow(/^output: /);
});

it('lets the error of a step through as it is', async () => {
  const broken = step(contract, async () => {
    throw new RangeError('out of range');
  });

  await expect(invoke(broken, { name: 'storefront' })).rejects.toThrow(RangeError);
});

it.each([
  ['throttled', { name: 'ThrottlingException', $metadata: {} }],
  ['out of order', { name: 'InternalFailure', $metadata: { httpStatusCode: 500 } }],
  ['out of reach', { name: 'Error', code: 'ECONNRESET' }],
])('asks the machine to try again when AWS is %s', async (_, members) => {
  const unlucky = step(contract, async () => {
    throw Object.assign(new Error('not now'), members);
  });

  await expect(invoke(unlucky, { name: 'storefront' })).rejects.toThrow(TryAgainError);
});

it('does not ask again for what AWS refuses', async () => {
  const refused = step(contract, async () => {
    throw Object.assign(new Error('no'), {
      name: 'AccessDeniedException',
      $metadata: { httpStatusCode: 400 },
    });
  });

  await expect(invoke(refused, { name: 'storefront' })).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
});
