import { describe, expect, it } from 'vitest';
import { isSameRegistry, withHostOf } from '../../../core/images/registry-host.ts';

const OWN = '111122223333.dkr.ecr.us-east-1.amazonaws.com';
const DUAL = '111122223333.dkr-ecr.us-east-1.on.aws';

describe('isSameRegistry', () => {
  it.each([
    [OWN, DUAL, true],
    [OWN, '111122223333.dkr.ecr-fips.us-east-1.amazonaws.com', true],
    [OWN, '111122223333.dkr-ecr-fips.us-east-1.on.aws', true],
    [
      '111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn',
      '111122223333.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn',
      true,
    ],
    [OWN, '999988887777.dkr-ecr.us-east-1.on.aws', false],
    [OWN, '111122223333.dkr-ecr.eu-west-1.on.aws', false],
    [OWN, `${DUAL}.example.com`, false],
    ['docker.io', 'ghcr.io', false],
  ])('%s and %s: %s', (one, other, same) => {
    expect(isSameRegistry(one, other)).toBe(same);
  });
});

describe('withHostOf', () => {
  it('keeps the host that runs, if it is the same registry', () => {
    expect(withHostOf(`${OWN}/web@sha256:b`, `${DUAL}/web:1`)).toBe(`${DUAL}/web@sha256:b`);
    expect(withHostOf(`${OWN}/web@sha256:b`, 'nginx:1')).toBe(`${OWN}/web@sha256:b`);
    expect(withHostOf(`${OWN}/web@sha256:b`, '')).toBe(`${OWN}/web@sha256:b`);
  });
});
