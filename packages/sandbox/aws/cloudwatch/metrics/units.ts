/** The units that a metric may have. */
import type { StandardUnit } from '@aws-sdk/client-cloudwatch';

const sizes = ['Bytes', 'Kilobytes', 'Megabytes', 'Gigabytes', 'Terabytes'] as const;
const bits = ['Bits', 'Kilobits', 'Megabits', 'Gigabits', 'Terabits'] as const;

/** In the order of AWS's model. */
export const UNITS = [
  'Seconds',
  'Microseconds',
  'Milliseconds',
  ...sizes,
  ...bits,
  'Percent',
  'Count',
  ...sizes.map((size) => `${size}/Second` as const),
  ...bits.map((size) => `${size}/Second` as const),
  'Count/Second',
  'None',
] satisfies StandardUnit[];
