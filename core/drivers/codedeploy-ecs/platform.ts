/** On which platform the tasks of a task definition run. */
import type { Platform } from '../../images/platform.ts';

const ARCHITECTURES: Readonly<Record<string, string>> = { X86_64: 'amd64', ARM64: 'arm64' };

/** What of a task definition says on which platform its tasks run. */
interface Requirements {
  readonly runtimePlatform?:
    | {
        readonly cpuArchitecture?: string | undefined;
        readonly operatingSystemFamily?: string | undefined;
      }
    | undefined;
  readonly requiresCompatibilities?: readonly string[] | undefined;
}

/**
 * Platform on which tasks of a task definition run: on Fargate Linux and X86_64 unless it says otherwise. On container
 * instances that is undefined: each instance pulls the image of its own platform.
 */
export const platformOf = ({
  runtimePlatform = {},
  requiresCompatibilities = [],
}: Requirements): Platform | undefined => {
  const { cpuArchitecture, operatingSystemFamily = 'LINUX' } = runtimePlatform;
  if (cpuArchitecture === undefined && !requiresCompatibilities.includes('FARGATE'))
    return undefined;
  const architecture = cpuArchitecture ?? 'X86_64';
  return {
    os: operatingSystemFamily.startsWith('WINDOWS') ? 'windows' : 'linux',
    architecture: ARCHITECTURES[architecture] ?? architecture.toLowerCase(),
  };
};
