/** Reads scenario files that people name. */
import { basename } from 'node:path';
import { fewOf } from '../../core/text/few.ts';
import { readNamedJson } from '../terminal/named-file.ts';
import { Scenario } from './scenario.ts';
import { scenarioFaults } from './step-faults.ts';

const EXAMPLE = 'Name a scenario file, for example samples/scenarios/approved.json';

/** Reads a scenario; throws a sentence for people when the file is none. */
export const readScenario = async (path: string): Promise<Scenario> => {
  const scenario = await readNamedJson(path, EXAMPLE);
  const read = Scenario.safeParse(scenario);
  if (read.success) return read.data;
  const faults = fewOf(scenarioFaults(scenario, read.error)).map((fault) => `  ${fault}`);
  throw new Error(
    `${basename(path)} does not follow docs/scenario.schema.json:\n${faults.join('\n')}`,
  );
};
