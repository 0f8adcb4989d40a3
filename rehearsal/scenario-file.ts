/** Reads scenario files that people name. */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { fewOf } from '../core/few.ts';
import { namedFile } from './brought.ts';
import { Scenario } from './scenario.ts';
import { scenarioFaults } from './step-faults.ts';

const EXAMPLE = 'Name a scenario file, for example samples/scenarios/approved.json';

/** A file's JSON; throws a sentence for people when there is none. */
const readJson = async (path: string): Promise<unknown> => {
  const file = namedFile(path);
  const found = await stat(file).catch(() => undefined);
  if (!found) throw new Error(`There is no file ${path}. ${EXAMPLE}`);
  if (found.isDirectory()) throw new Error(`${path} is a folder. ${EXAMPLE}`);
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new Error(`${path} is not JSON: ${(error as Error).message}`);
  }
};

/** Reads a scenario; throws a sentence for people when the file is none. */
export const readScenario = async (path: string): Promise<Scenario> => {
  const scenario = await readJson(path);
  const read = Scenario.safeParse(scenario);
  if (read.success) return read.data;
  const faults = fewOf(scenarioFaults(scenario, read.error)).map((fault) => `  ${fault}`);
  throw new Error(
    `${basename(path)} does not follow docs/scenario.schema.json:\n${faults.join('\n')}`,
  );
};
