/** What handlers count, as CloudWatch would read it out of their logs. */
import { vi } from 'vitest';

/** A metric with one set of its dimensions, in words: `Validations Platform=ECS Outcome=Success`. */
const seriesOf = (line: string): readonly string[] => {
  if (!line.includes('CloudWatchMetrics')) return [];
  const root = JSON.parse(line);
  return root._aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }: any) =>
    Dimensions.flatMap((names: string[]) =>
      Metrics.map(({ Name }: { Name: string }) =>
        [`${Namespace} ${Name}`, ...names.map((name) => `${name}=${root[name]}`), root[Name]].join(
          ' ',
        ),
      ),
    ),
  );
};

/** Lets handlers count while it runs, and gives every series with what was counted in it. */
export const countedBy = async (run: () => Promise<unknown>): Promise<readonly string[]> => {
  const lines: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  try {
    await run();
  } finally {
    write.mockRestore();
  }
  return lines.flatMap(seriesOf);
};
