/** Reads scenario files that people name. */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import * as z from 'zod';
import { Scenario } from './scenario.ts';

const EXAMPLE = 'Name a scenario file, for example samples/scenarios/approved.json';

/** A file's JSON; throws a sentence for people when there is none. */
const readJson = async (path: string): Promise<unknown> => {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new Error(`There is no file ${path}. ${EXAMPLE}`);
  if (found.isDirectory()) throw new Error(`${path} is a folder. ${EXAMPLE}`);
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path} is not JSON: ${(error as Error).message}`);
  }
};

/** Reads a scenario; throws a sentence for people when the file is none. */
export const readScenario = async (path: string): Promise<Scenario> => {
  const read = Scenario.safeParse(await readJson(path));
  if (read.success) return read.data;
  throw new Error(
    `${basename(path)} does not follow docs/scenario.schema.json:\n${z.prettifyError(read.error)}`,
  );
};
