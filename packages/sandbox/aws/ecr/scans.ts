/**
 * Basic scanning: a scan begins with a push or on demand, takes its time, and finds what the image itself lists. An
 * index is not scanned, its images are (aws/containers-roadmap#1683).
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  DescribeImageScanFindingsRequest,
  FindingSeverity,
  ImageIdentifier,
  ImageScanFinding,
  StartImageScanRequest,
} from '@aws-sdk/client-ecr';
import { AwsError } from '../../aws-error.ts';
import type { Caller, Cloud, Operation } from '../../cloud.ts';
import { isRunnable } from '../../containers/image.ts';
import { page } from '../../paging.ts';
import { paging } from './paging.ts';
import { type Image, imageOf, printed, type Registry, type Repository } from './state.ts';

/** Milliseconds that a scan takes; AWS promises nothing, and small images take about so long. */
const DURATION = 40_000;

/** Milliseconds after which an image may be scanned again (ECR user guide, "basic scanning": once in 24 hours). */
const BETWEEN_SCANS = 24 * 3_600_000;

/** A file of an image with findings in the form of ECR: there is no database of vulnerabilities here. */
const LIST = 'scan-findings.json';

const counted = (findings: readonly ImageScanFinding[]) => {
  const counts: Partial<Record<FindingSeverity, number>> = {};
  for (const { severity = 'UNDEFINED' } of findings) counts[severity] = (counts[severity] ?? 0) + 1;
  return counts;
};

/** The two operations; `folderOf` knows where the files of an image lie. */
export const scanOperations = (
  cloud: Cloud,
  registry: Registry,
  folderOf: (digest: string) => string | undefined,
): Record<string, Operation> => {
  const found = (repository: Repository, imageId: ImageIdentifier = {}): Image => {
    const image = imageOf(repository, imageId);
    if (image) return image;
    throw new AwsError(
      'ImageNotFoundException',
      `The image with imageId ${printed(imageId)} does not exist within the repository with name '${repository.name}' in the registry with id '${registry.account}'`,
    );
  };

  const findingsIn = ({ digest }: Image): readonly ImageScanFinding[] => {
    const folder = folderOf(digest);
    const list = folder && join(folder, LIST);
    return list && existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
  };

  const about = (repository: Repository, { digest }: Image, imageId: ImageIdentifier = {}) => ({
    registryId: registry.account,
    repositoryName: repository.name,
    imageId: { imageDigest: digest, ...(imageId.imageTag && { imageTag: imageId.imageTag }) },
  });

  return {
    StartImageScan: (input: StartImageScanRequest, { region }: Caller) => {
      const repository = registry.repository(region, input);
      const image = found(repository, input.imageId);
      if (!isRunnable(image.manifest))
        throw new AwsError(
          'UnsupportedImageTypeException',
          `The operation for media type ${image.mediaType} cannot be scanned: it is no image`,
        );
      const now = cloud.clock.now();
      if (image.scannedFrom !== undefined && now - image.scannedFrom < BETWEEN_SCANS)
        throw new AwsError(
          'LimitExceededException',
          'The scan quota per image has been exceeded. Wait and try again.',
        );
      image.scannedFrom = now;
      return {
        ...about(repository, image, input.imageId),
        imageScanStatus: { status: 'IN_PROGRESS' },
      };
    },

    DescribeImageScanFindings: (input: DescribeImageScanFindingsRequest, { region }: Caller) => {
      const repository = registry.repository(region, input);
      const image = found(repository, input.imageId);
      if (image.scannedFrom === undefined)
        throw new AwsError(
          'ScanNotFoundException',
          `Image scan does not exist for the image with '${printed(input.imageId ?? {})}' in the repository with name '${repository.name}' in the registry with id '${registry.account}'`,
        );
      const doneAt = image.scannedFrom + DURATION;
      if (cloud.clock.now() < doneAt)
        return {
          ...about(repository, image, input.imageId),
          imageScanStatus: { status: 'IN_PROGRESS' },
        };
      const findings = findingsIn(image);
      const { items, next } = page(paging, findings, input);
      return {
        ...about(repository, image, input.imageId),
        imageScanStatus: {
          status: 'COMPLETE',
          description: 'The scan was completed successfully.',
        },
        imageScanFindings: {
          imageScanCompletedAt: new Date(doneAt),
          vulnerabilitySourceUpdatedAt: new Date(doneAt),
          findingSeverityCounts: counted(findings),
          findings: items,
        },
        ...next,
      };
    },
  };
};
