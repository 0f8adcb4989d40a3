import { tmpdir } from 'node:os';

/**
 * Folder for what scenarios leave for each other. The temporary folder is the run's own (`test/temporary-folder.ts`).
 * `SCENARIOS_FOLDER` names another one, which several runs share: what the first has played the next ones need not.
 */
export const RUN_FOLDER = process.env.SCENARIOS_FOLDER ?? tmpdir();
