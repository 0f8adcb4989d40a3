import {
  DescribeImageScanFindingsCommand,
  type DescribeImageScanFindingsResponse,
  ScanNotFoundException,
} from '@aws-sdk/client-ecr';
import type { Finding, Scan } from '../../core/checks/image-scan.ts';
import { ecr } from '../aws/ecr.ts';

/** Basic scanning lists `findings`, enhanced scanning (Amazon Inspector) `enhancedFindings`; suppressed ones count for nobody. */
const findingsOf = ({
  imageScanFindings: { findings = [], enhancedFindings = [] } = {},
}: DescribeImageScanFindingsResponse): Finding[] => [
  ...findings.map(({ name = 'unnamed', severity = 'UNDEFINED' }) => ({ name, severity })),
  ...enhancedFindings
    .filter(({ status = 'ACTIVE' }) => status === 'ACTIVE')
    .map(({ packageVulnerabilityDetails, title = 'unnamed', severity = 'UNTRIAGED' }) => ({
      name: packageVulnerabilityDetails?.vulnerabilityId ?? title,
      severity,
    })),
];

/** Reads all that the scan of an image has found, page by page. */
export const readScan = async (repositoryName: string, imageDigest: string): Promise<Scan> => {
  const found: Finding[] = [];
  let nextToken: string | undefined;
  try {
    for (;;) {
      const page = await ecr.send(
        new DescribeImageScanFindingsCommand({
          repositoryName,
          imageId: { imageDigest },
          ...(nextToken ? { nextToken } : {}),
        }),
      );
      found.push(...findingsOf(page));
      nextToken = page.nextToken;
      const { status = 'FINDINGS_UNAVAILABLE', description } = page.imageScanStatus ?? {};
      if (!nextToken) return { status, description, findings: found };
    }
  } catch (error) {
    if (error instanceof ScanNotFoundException) return { status: 'NONE', findings: [] };
    throw error;
  }
};
