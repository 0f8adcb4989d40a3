import '../environment.ts';

import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { CodeDeployClient, GetDeploymentGroupCommand } from '@aws-sdk/client-codedeploy';
import {
  DescribeImageScanFindingsCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
} from '@aws-sdk/client-ecr';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import { ReleaseInput } from '../../../core/release/input.ts';
import { Policy } from '../../../core/release/policy.ts';
import { validate } from '../../../handlers/validation/validation.ts';
import { registration, web } from '../../core/fixture.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const ecr = mockClient(ECRClient);

beforeEach(() => {
  ecr.reset();
  ecr.on(DescribeImagesCommand).resolves({ imageDetails: [{ imageDigest: DIGEST }] });
  ecr
    .on(DescribeRepositoriesCommand)
    .resolves({ repositories: [{ repositoryUri: 'registry/storefront/web' }] });
  ecr.on(DescribeImageScanFindingsCommand).resolves({
    imageScanStatus: { status: 'COMPLETE' },
    imageScanFindings: { findings: [{ name: 'CVE-1', severity: 'CRITICAL' }] },
  });
  mockClient(CloudWatchClient).on(DescribeAlarmsCommand).resolves({});
  mockClient(CodeDeployClient).on(GetDeploymentGroupCommand).resolves({});
});

const codesFor = async (intent: 'release' | 'rollback', policy: object) => {
  const input = ReleaseInput.parse({
    ...{ pair: 'storefront', requestedBy: 'ada', intent },
    targets: { web: { image: 'storefront/web:2' } },
  });
  const pair = { ...registration({ targets: { web: web() } }), policy: Policy.parse(policy) };
  // As if another release were under way: what targets run is another matter.
  const { verdict } = await validate(input, pair, true);
  return {
    codes: verdict.reasons.map(({ code }) => code).filter((code) => code === 'image-vulnerable'),
    asked: ecr.commandCalls(DescribeImageScanFindingsCommand).length,
  };
};

const imageScan = { failOn: 'HIGH' } as const;

it('asks for the scan where the policy says so', async () => {
  expect(await codesFor('release', { imageScan })).toEqual({
    codes: ['image-vulnerable'],
    asked: 1,
  });
});

it.each([
  ['of a policy that does not', 'release', {}],
  ['that rolls back', 'rollback', { imageScan }],
] as const)('asks nobody for a release %s', async (_, intent, policy) => {
  expect(await codesFor(intent, policy)).toEqual({ codes: [], asked: 0 });
});
