/** The keys of KMS; the material of HMAC keys never leaves this file. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { AwsError } from '../../aws-error.ts';
import type { Caller, Cloud } from '../../cloud.ts';
import type { ResourcePolicy } from '../../delivery/resource-policy.ts';
import { servicesPolicy } from './key-policy.ts';

/** Hash function and algorithm of a key by its spec (KMS developer guide, "HMAC keys in AWS KMS"). */
const SPECS: Readonly<Record<string, { readonly hash: string; readonly algorithm: string }>> = {
  HMAC_224: { hash: 'sha224', algorithm: 'HMAC_SHA_224' },
  HMAC_256: { hash: 'sha256', algorithm: 'HMAC_SHA_256' },
  HMAC_384: { hash: 'sha384', algorithm: 'HMAC_SHA_384' },
  HMAC_512: { hash: 'sha512', algorithm: 'HMAC_SHA_512' },
};

/** Bytes of a message at most. */
const LONGEST_MESSAGE = 4096;
const HEX = '0123456789abcdef';
/** Hex characters of a key's material. */
const MATERIAL = 64;

/** A key without its material. */
export interface Key {
  readonly id: string;
  readonly arn: string;
  readonly spec: string;
  readonly usage: string;
  readonly description: string;
  readonly created: Date;
  /** Which services may use it. */
  readonly policy: ResourcePolicy;
}

/** What people may do with the keys of the sandbox. */
export interface Keys {
  create(input: any, caller: Caller): Key;
  find(keyId: string, caller: Caller): Key;
  mac(input: any, caller: Caller): { readonly key: Key; readonly mac: Uint8Array };
}

/** ARN of the key that an id or an ARN names. */
export const keyArn = (keyId: string, region: string, account: string): string =>
  keyId.startsWith('arn:') ? keyId : `arn:aws:kms:${region}:${account}:key/${keyId}`;

/** Whether two MACs are equal, in a time that does not tell where they differ. */
export const isSameMac = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && timingSafeEqual(a, b);

/** Makes the keys, none yet. */
export const emptyKeys = ({ account, clock, id }: Cloud): Keys => {
  const keys = new Map<string, { readonly key: Key; readonly material: string }>();

  const found = (keyId: string, { region }: Caller) => {
    const arn = keyArn(keyId, region, account);
    const one = keys.get(arn);
    if (one) return one;
    throw new AwsError('NotFoundException', `Key '${arn}' does not exist`);
  };

  return {
    create: ({ KeySpec = 'SYMMETRIC_DEFAULT', KeyUsage, Description = '', Policy }, { region }) => {
      const hmac = Object.hasOwn(SPECS, KeySpec);
      const usage = KeyUsage ?? 'ENCRYPT_DECRYPT';
      if (hmac !== (usage === 'GENERATE_VERIFY_MAC'))
        throw new AwsError(
          'ValidationException',
          `The key usage ${usage} is not compatible with key spec ${KeySpec}`,
        );
      const keyId = [8, 4, 4, 4, 12].map((length) => id(length, HEX)).join('-');
      const key: Key = {
        id: keyId,
        arn: keyArn(keyId, region, account),
        spec: KeySpec,
        usage,
        description: Description,
        created: new Date(clock.now()),
        policy: servicesPolicy(Policy),
      };
      keys.set(key.arn, { key, material: id(MATERIAL, HEX) });
      return key;
    },

    find: (keyId, caller) => found(keyId, caller).key,

    mac: ({ KeyId, Message, MacAlgorithm }, caller) => {
      const { key, material } = found(KeyId, caller);
      const spec = Object.hasOwn(SPECS, key.spec) ? SPECS[key.spec] : undefined;
      if (spec?.algorithm !== MacAlgorithm)
        throw new AwsError(
          'InvalidKeyUsageException',
          `${key.arn} key usage is ${key.usage} and its spec ${key.spec}, which is not valid for ${MacAlgorithm}.`,
        );
      if (Message.length === 0 || Message.length > LONGEST_MESSAGE)
        throw new AwsError(
          'ValidationException',
          `1 validation error detected: Value at 'message' failed to satisfy constraint: Member must have length between 1 and ${LONGEST_MESSAGE}`,
        );
      const mac = createHmac(spec!.hash, Buffer.from(material, 'hex')).update(Message).digest();
      return { key, mac: new Uint8Array(mac) };
    },
  };
};
