import { expect, it } from 'vitest';
import { kmsService } from '../../../../packages/sandbox/aws/kms/service.ts';
import { virtualClock } from '../../../../packages/sandbox/clock/virtual-clock.ts';
import { localCloud } from '../../local-cloud.ts';

const open = async () => {
  const local = localCloud(virtualClock(), undefined as never);
  const service = local.register(kmsService(local.cloud));
  const { KeyMetadata } = await local.ask('kms', 'CreateKey', {});
  return {
    service,
    arn: KeyMetadata.Arn,
    ask: (op: string, input: object) => local.ask('kms', op, input),
  };
};

it('gives a data key of 256 bits, another one each time, and gives each back', async () => {
  const { ask, arn } = await open();
  const one = await ask('GenerateDataKey', { KeyId: arn, KeySpec: 'AES_256' });
  const two = await ask('GenerateDataKey', { KeyId: arn, KeySpec: 'AES_256' });

  expect(one.Plaintext).toHaveLength(32);
  expect(one.Plaintext).not.toEqual(two.Plaintext);
  expect(await ask('Decrypt', { CiphertextBlob: two.CiphertextBlob })).toEqual({
    KeyId: arn,
    Plaintext: two.Plaintext,
    EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
  });
});

it('asks IAM for both actions on the key, also where only the ciphertext names it', async () => {
  const { service, ask, arn } = await open();
  const { CiphertextBlob } = await ask('GenerateDataKey', { KeyId: arn });
  const caller = { principal: { kind: 'owner' }, region: 'us-east-1' } as const;
  const asked = (operation: string, input: object) =>
    service.permissions?.[operation]?.(input, caller);

  expect(asked('GenerateDataKey', { KeyId: arn })).toEqual([
    { action: 'kms:GenerateDataKey', resource: arn },
  ]);
  expect(asked('Decrypt', { CiphertextBlob })).toEqual([{ action: 'kms:Decrypt', resource: arn }]);
});

it('opens nothing that it has not sealed', async () => {
  const { ask } = await open();

  await expect(ask('Decrypt', { CiphertextBlob: Buffer.from('x') })).rejects.toMatchObject({
    name: 'InvalidCiphertextException',
  });
});
