import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { kmsService } from '../../../../packages/sandbox/aws/kms/service.ts';
import { virtualClock } from '../../../../packages/sandbox/clock/virtual-clock.ts';
import { localCloud } from '../../local-cloud.ts';

const open = () => {
  const local = localCloud(virtualClock(), undefined as never);
  local.register(kmsService(local.cloud));
  return { kms: (operation: string, input: unknown) => local.ask('kms', operation, input), local };
};

const text = (value: string) => new TextEncoder().encode(value);
const MacAlgorithm = 'HMAC_SHA_256';

describe('KMS', () => {
  let kms: ReturnType<typeof open>['kms'];
  let local: ReturnType<typeof open>['local'];
  let KeyId: string;

  beforeEach(async () => {
    ({ kms, local } = open());
    const { ref, attributes } = await kmsService(local.cloud).resources!['AWS::KMS::Key']!.create(
      { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' },
      local.contextOf('Key'),
    );
    expect(attributes).toEqual({
      KeyId: ref,
      Arn: `arn:aws:kms:us-east-1:111122223333:key/${ref}`,
    });
    KeyId = ref;
  });

  const mac = async (message: string, more: object = {}) =>
    kms('GenerateMac', { KeyId, Message: text(message), MacAlgorithm, ...more });

  it('makes the same MAC of the same message, of 32 bytes, and tells no key', async () => {
    const { Mac, KeyId: arn } = await mac('a');

    expect(Mac).toHaveLength(32);
    expect((await mac('a', { KeyId: arn })).Mac).toEqual(Mac);
    expect((await mac('b')).Mac).not.toEqual(Mac);
    expect(Mac).not.toEqual(new Uint8Array(createHmac('sha256', KeyId).update('a').digest()));
    const { KeyMetadata } = await kms('DescribeKey', { KeyId });
    expect(KeyMetadata).toMatchObject({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
  });

  it('verifies a MAC, and refuses any other by an error', async () => {
    const { Mac } = await mac('a');
    const verify = (Message: Uint8Array, one: Uint8Array) =>
      kms('VerifyMac', { KeyId, Message, Mac: one, MacAlgorithm });

    expect(await verify(text('a'), Mac)).toMatchObject({ MacValid: true });
    for (const wrong of [Mac.map((byte: number) => byte ^ 1), Mac.slice(1)])
      await expect(verify(text('a'), wrong)).rejects.toMatchObject({
        name: 'KMSInvalidMacException',
      });
  });

  it.each([
    ['an unknown key', { KeyId: 'none' }, 'NotFoundException'],
    ['an algorithm of another spec', { MacAlgorithm: 'HMAC_SHA_512' }, 'InvalidKeyUsageException'],
    ['an empty message', { Message: text('') }, 'ValidationException'],
    ['a message that is too long', { Message: text('x'.repeat(4097)) }, 'ValidationException'],
  ])('refuses %s', async (_what, more, name) => {
    await expect(mac('a', more)).rejects.toMatchObject({ name });
  });

  it('refuses a usage that the spec does not have, and MACs by a key that encrypts', async () => {
    await expect(kms('CreateKey', { KeySpec: 'HMAC_256' })).rejects.toMatchObject({
      name: 'ValidationException',
    });
    const { KeyMetadata } = await kms('CreateKey', {});
    await expect(mac('a', { KeyId: KeyMetadata.KeyId })).rejects.toMatchObject({
      name: 'InvalidKeyUsageException',
    });
  });
});
