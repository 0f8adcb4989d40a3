/** Files with releases of the past: one JSON object a line, a first line `{ "meta": … }` with the lengths of bins. */
import * as z from 'zod/mini';
import { readText } from './text.ts';
import { impossibleIn, type Lengths, Trace } from './trace.ts';

const Meta = z.object({
  /** Seconds of a bin, of counts and latency alike. */
  binSeconds: z.optional(z.number().check(z.positive())),
  /** Seconds of a trace; how many bins it has tells their length. */
  T: z.optional(z.number().check(z.positive())),
  latencyBucketSeconds: z.optional(z.number().check(z.positive())),
  /** Upper edges of the latency buckets in milliseconds, in rising order. */
  latencyBucketUpperEdgesMs: z.optional(z.array(z.number().check(z.positive()))),
});
type Meta = z.infer<typeof Meta>;

/** What a line says besides its counts. */
const About = z.object({
  id: z.optional(z.string()),
  service: z.optional(z.union([z.string(), z.int()])),
  seq: z.optional(z.union([z.string(), z.int()])),
  /** Whether a release may be learned from, or is to be judged. */
  part: z.optional(z.enum(['history', 'test'])),
  /** How it turned out; only of the past, or for those who score what was decided. */
  label: z.optional(z.enum(['good', 'bad'])),
  scenario: z.optional(z.string()),
});

/** A release of the past. */
export interface Past extends z.infer<typeof About> {
  readonly id: string;
  readonly trace: Trace;
  readonly lengths: Lengths;
}

const lengthsOf = (meta: Meta, trace: Trace): Lengths => {
  const { binSeconds, T, latencyBucketSeconds, latencyBucketUpperEdgesMs: edges } = meta;
  const counts = binSeconds ?? (T === undefined ? 1 : T / trace.nc.length);
  return { counts, latency: latencyBucketSeconds ?? counts, edges };
};

const read = <Schema extends z.ZodMiniType>(schema: Schema, value: unknown, where: string) => {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data as z.output<Schema>;
  const { path, message } = error.issues[0]!;
  throw new Error(`${where}: ${path.join('.') || 'the line'}: ${message}`);
};

const parse = (text: string, where: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${where} is not JSON: ${(error as Error).message}`);
  }
};

const idOf = ({ id, service, seq }: z.infer<typeof About>, number: number): string => {
  if (id !== undefined) return id;
  return service === undefined ? `line-${number}` : `${service}-${seq}`;
};

const pastOf = (value: unknown, meta: Meta, number: number, where: string): Past => {
  const about = read(About, value, where);
  const trace = read(Trace, value, where);
  const lengths = lengthsOf(meta, trace);
  const wrong = impossibleIn(trace);
  if (wrong) throw new Error(`${where}: ${wrong}`);
  return { ...about, id: idOf(about, number), trace, lengths };
};

/** The releases that a text holds; throws a sentence that names the line of what is wrong. */
export const parseReleases = (text: string, path: string): readonly Past[] => {
  let meta: Meta = {};
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const where = `${path}, line ${index + 1}`;
    const value = parse(line, where);
    if (index === 0 && typeof value === 'object' && value !== null && 'meta' in value) {
      meta = read(Meta, value.meta, where);
      return [];
    }
    return [pastOf(value, meta, index + 1, where)];
  });
};

/** Reads a file, packed by gzip or not. */
export const readReleases = async (path: string): Promise<readonly Past[]> =>
  parseReleases(await readText(path), path);
