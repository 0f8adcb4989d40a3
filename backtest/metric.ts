/** Files with a metric of the past: CSV, as the Numenta Anomaly Benchmark has it, with a header that names its columns. */
import { readText } from './text.ts';

/** A value with its moment, as the file writes it. */
export interface Row {
  readonly timestamp: string;
  readonly value: number;
}

const COLUMNS = ['timestamp', 'value'] as const;

const cellsOf = (line: string): readonly string[] => line.split(',').map((cell) => cell.trim());

/** Whether a file is read as a metric, and not as releases. */
export const isMetric = (path: string): boolean => /\.csv(\.gz)?$/i.test(path);

/** Where the columns are. */
const columnsOf = (header: string, where: string): readonly [number, number] => {
  const names = cellsOf(header);
  const missing = COLUMNS.find((name) => !names.includes(name));
  if (missing !== undefined)
    throw new Error(`${where}: the header names no column ${missing}; it has to be ${COLUMNS}`);
  return [names.indexOf('timestamp'), names.indexOf('value')];
};

const rowOf = (line: string, [time, number]: readonly [number, number], where: string): Row => {
  const cells = cellsOf(line);
  const [timestamp, text] = [cells[time], cells[number]];
  if (!timestamp) throw new Error(`${where}: the row has no timestamp`);
  if (!text) throw new Error(`${where}: the row has no value`);
  const value = Number(text);
  if (!Number.isFinite(value)) throw new Error(`${where}: the value is not a number: ${text}`);
  return { timestamp, value };
};

/** The rows that a text holds; throws a sentence that names the line of what is wrong. */
export const parseMetric = (text: string, path: string): readonly Row[] => {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  const where = (index: number) => `${path}, line ${index + 1}`;
  const [header = '', ...rest] = lines;
  if (text.trim() === '')
    throw new Error(`${where(0)}: the file is empty; it has to begin with ${COLUMNS}`);
  const columns = columnsOf(header, where(0));
  const rows = rest.flatMap((line, index) =>
    line.trim() === '' ? [] : [rowOf(line, columns, where(index + 1))],
  );
  if (rows.length === 0) throw new Error(`${where(1)}: no row follows the header`);
  return rows;
};

/** Reads a file, packed by gzip or not. */
export const readMetric = async (path: string): Promise<readonly Row[]> =>
  parseMetric(await readText(path), path);
