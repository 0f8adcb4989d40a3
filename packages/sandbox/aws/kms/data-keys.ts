/** GenerateDataKey and Decrypt of symmetric keys. Nothing here is secret: a ciphertext is its plaintext with the name of the key. */
import { AwsError } from '../../aws-error.ts';
import type { Cloud, Operation } from '../../cloud.ts';
import { admit } from './key-policy.ts';
import type { Key, Keys } from './keys.ts';

const HEX = '0123456789abcdef';

/** Hex characters of a data key of 256 bits. */
const DATA_KEY = 64;

const symmetric = (key: Key): Key => {
  if (key.usage === 'ENCRYPT_DECRYPT') return key;
  throw new AwsError('InvalidKeyUsageException', `${key.arn} key usage is ${key.usage}`);
};

const sealed = (arn: string, plaintext: string): Uint8Array => Buffer.from(`${arn} ${plaintext}`);

/** ARN of the key under which a ciphertext lies, with what is in it. */
export const opened = (
  ciphertext: Uint8Array | undefined,
): { readonly arn: string; readonly text: string } => {
  if (!ciphertext) throw new AwsError('ValidationException', 'CiphertextBlob must be given');
  const [arn = '', text] = Buffer.from(ciphertext).toString().split(' ');
  if (text === undefined) throw new AwsError('InvalidCiphertextException', '');
  return { arn, text };
};

/** The two operations. Services say by `SourceArn` for what they act, which AWS tells them by a condition key. */
export const dataKeyOperations = (cloud: Cloud, keys: Keys): Record<string, Operation> => ({
  GenerateDataKey: ({ KeyId, SourceArn }, caller) => {
    const key = symmetric(keys.find(KeyId, caller));
    admit(key, caller, 'kms:GenerateDataKey', SourceArn);
    const text = cloud.id(DATA_KEY, HEX);
    return {
      KeyId: key.arn,
      Plaintext: Buffer.from(text, 'hex'),
      CiphertextBlob: sealed(key.arn, text),
    };
  },

  Decrypt: ({ CiphertextBlob, SourceArn }, caller) => {
    const { arn, text } = opened(CiphertextBlob);
    const key = symmetric(keys.find(arn, caller));
    admit(key, caller, 'kms:Decrypt', SourceArn);
    return {
      KeyId: key.arn,
      Plaintext: Buffer.from(text, 'hex'),
      EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    };
  },
});
