import {
  DescribeImageScanFindingsCommand,
  ECRClient,
  ScanNotFoundException,
} from '@aws-sdk/client-ecr';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import { readScan } from '../../../handlers/reading/image-scan.ts';

const ecr = mockClient(ECRClient);
beforeEach(() => ecr.reset());

const DIGEST = `sha256:${'a'.repeat(64)}`;

it('reads the findings of basic scanning, page by page, by digest', async () => {
  const imageScanStatus = { status: 'COMPLETE', description: 'done' } as const;
  ecr
    .on(DescribeImageScanFindingsCommand)
    .resolvesOnce({
      imageScanStatus,
      imageScanFindings: { findings: [{ name: 'CVE-1', severity: 'HIGH' }] },
      nextToken: 'more',
    })
    .resolvesOnce({
      imageScanStatus,
      imageScanFindings: { findings: [{ name: 'CVE-2', severity: 'CRITICAL' }, {}] },
    });

  expect(await readScan('storefront/web', DIGEST)).toEqual({
    status: 'COMPLETE',
    description: 'done',
    findings: [
      { name: 'CVE-1', severity: 'HIGH' },
      { name: 'CVE-2', severity: 'CRITICAL' },
      { name: 'unnamed', severity: 'UNDEFINED' },
    ],
  });
  expect(
    ecr.commandCalls(DescribeImageScanFindingsCommand).map(({ args: [{ input }] }) => input),
  ).toEqual([
    { repositoryName: 'storefront/web', imageId: { imageDigest: DIGEST } },
    { repositoryName: 'storefront/web', imageId: { imageDigest: DIGEST }, nextToken: 'more' },
  ]);
});

it('reads the findings of enhanced scanning, without those that Inspector suppresses or has closed', async () => {
  ecr.on(DescribeImageScanFindingsCommand).resolves({
    imageScanStatus: { status: 'ACTIVE' },
    imageScanFindings: {
      enhancedFindings: [
        {
          status: 'ACTIVE',
          severity: 'CRITICAL',
          title: 'CVE-1 - openssl',
          packageVulnerabilityDetails: { vulnerabilityId: 'CVE-1' },
        },
        { status: 'SUPPRESSED', severity: 'CRITICAL', title: 'CVE-2 - zlib' },
        { status: 'CLOSED', severity: 'CRITICAL', title: 'CVE-3 - curl' },
        { status: 'ACTIVE', title: 'CVE-4 - glibc' },
      ],
    },
  });

  expect(await readScan('storefront/web', DIGEST)).toEqual({
    status: 'ACTIVE',
    description: undefined,
    findings: [
      { name: 'CVE-1', severity: 'CRITICAL' },
      { name: 'CVE-4 - glibc', severity: 'UNTRIAGED' },
    ],
  });
});

it('says so where ECR knows of no scan, and throws what else goes wrong', async () => {
  ecr
    .on(DescribeImageScanFindingsCommand)
    .rejectsOnce(new ScanNotFoundException({ message: 'none', $metadata: {} }))
    .rejectsOnce(new Error('denied'));

  expect(await readScan('storefront/web', DIGEST)).toEqual({ status: 'NONE', findings: [] });
  await expect(readScan('storefront/web', DIGEST)).rejects.toThrow('denied');
});
