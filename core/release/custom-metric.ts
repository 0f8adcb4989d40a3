/** A metric of the pair's own, e.g. of its business, that green must not make worse. */
import * as z from 'zod/mini';
import { Name, Text } from '../text/schema.ts';

/** What in a dimension's value stands for the name of the revision that published it, e.g. `storefront-web:7` or `3`. */
export const REVISION = '$revision';

/** Longest names that CloudWatch takes (API reference: MetricDatum, Dimension), and most dimensions. */
const MetricText = Text.check(z.maxLength(255));
const MOST_DIMENSIONS = 30;

/** Values that a statistic can name with digits and a point. */
const LARGEST = 1e15;

const Dimensions = z
  .record(MetricText, Text.check(z.maxLength(1024)))
  .check(
    z.refine(
      (dimensions) => Object.keys(dimensions).length <= MOST_DIMENSIONS,
      `must be ${MOST_DIMENSIONS} at the most`,
    ),
  );

/**
 * Events of which green must have no larger share than blue, or no smaller one. It must be published by each revision
 * for itself: one of its dimensions holds `$revision`.
 */
export const CustomMetric = z
  .strictObject({
    name: Name.check(z.describe('Name of the metric for people.')),
    namespace: MetricText.check(z.describe('Namespace of the metric in CloudWatch.')),
    metric: MetricText.check(
      z.describe(
        'Metric whose sum counts the events, e.g. orders. With `above`: metric whose values are looked at.',
      ),
    ),
    dimensions: Dimensions.check(
      z.describe(
        'Dimensions of the metric; one of the values holds `$revision`, which stands for the name of the revision that published it.',
      ),
    ),
    above: z
      .optional(z.number().check(z.minimum(0), z.maximum(LARGEST)))
      .check(
        z.describe('Counts values above this one, out of all values, instead of a sum of events.'),
      ),
    of: z
      .optional(MetricText)
      .check(
        z.describe(
          "Metric of the same namespace and dimensions whose sum counts what could have become an event, e.g. visits; left out: the target's requests.",
        ),
      ),
    worse: z
      .enum(['more', 'fewer'])
      .check(z.describe('Whether more of such events are worse, or fewer.')),
    critical: z
      ._default(z.boolean(), false)
      .check(
        z.describe('Whether Tandem rolls a worse green back for it; otherwise it only reports it.'),
      ),
    fewest: z
      ._default(z.int().check(z.minimum(1)), 100)
      .check(z.describe('Requests, visits or values of green before it counts at all.')),
    seconds: z
      ._default(z.union([1, 5, 10, 30, 60].map((one) => z.literal(one))), 60)
      .check(
        z.describe(
          'Length of its periods in seconds: below 60 it must be published with high resolution.',
        ),
      ),
  })
  .check(
    z.refine(
      ({ dimensions }) => Object.values(dimensions).some((value) => value.includes(REVISION)),
      'needs a dimension whose value holds $revision: without it nothing tells green from blue',
    ),
    z.refine(
      ({ above, of }) => above === undefined || of === undefined,
      'has either above or of: values are counted out of all values',
    ),
    z.refine(
      ({ of, above, seconds }) => of !== undefined || above !== undefined || seconds === 60,
      'needs of with periods below 60 seconds: requests are counted by the minute',
    ),
  );
export type CustomMetric = z.infer<typeof CustomMetric>;
