/** Reads in vitest's report which tests and scenarios are red. */
import { basename, relative } from 'node:path';

/** What became of one test file, or of one scenario. */
export interface Outcome {
  readonly file: string;
  /** `broken` is neither: it did not run to its assertions, so it shows nothing. */
  readonly became: 'green' | 'red' | 'broken';
  /** First line of the first failure. */
  readonly why: string;
}

interface Assertion {
  readonly ancestorTitles: readonly string[];
  readonly status: string;
  readonly failureMessages?: readonly string[];
}

/** The part of vitest's report in JSON that is read. */
export interface Report {
  /** What vitest printed where it made no report. */
  readonly said?: string;
  readonly testResults: readonly {
    readonly name: string;
    readonly message?: string;
    readonly assertionResults: readonly Assertion[];
  }[];
}

const firstLine = (text: string): string => text.split('\n').find((line) => line.trim()) ?? '';

const outcomeOf = (file: string, assertions: readonly Assertion[], message = ''): Outcome => {
  const failed = assertions.find(({ status }) => status === 'failed');
  if (failed) return { file, became: 'red', why: firstLine(failed.failureMessages?.[0] ?? '') };
  return assertions.some(({ status }) => status === 'passed')
    ? { file, became: 'green', why: '' }
    : { file, became: 'broken', why: firstLine(message || 'None of its tests ran') };
};

/** The outcomes of test files that were run in a folder. */
export const testOutcomes = (
  { testResults, said }: Report,
  folder: string,
  files: readonly string[],
): readonly Outcome[] =>
  files.map((file) => {
    const found = testResults.find(({ name }) => relative(folder, name) === file);
    return outcomeOf(file, found?.assertionResults ?? [], found?.message || said);
  });

/** The name that a scenario has in the report. */
export const scenarioName = (file: string): string => basename(file, '.json');

/** The outcomes of scenarios, whichever test files played them. */
export const scenarioOutcomes = (
  { testResults, said }: Report,
  files: readonly string[],
): readonly Outcome[] => {
  const assertions = testResults.flatMap(({ assertionResults }) => assertionResults);
  const message = testResults.find(({ message }) => message)?.message ?? said;
  return files.map((file) =>
    outcomeOf(
      file,
      assertions.filter(({ ancestorTitles }) => ancestorTitles[0] === scenarioName(file)),
      message,
    ),
  );
};
