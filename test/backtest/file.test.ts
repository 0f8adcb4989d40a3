import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parseReleases, readReleases } from '../../backtest/file.ts';
import { replay } from '../../backtest/replay.ts';
import { DEFAULT_PARAMETERS } from '../../core/analysis/default-parameters.ts';

const DATA = join(import.meta.dirname, '../data');
const counts = { nb: [500, 500], nc: [50, 50], eb: [1, 0], ec: [0, 1] };
const lines = (...values: readonly unknown[]) =>
  values.map((value) => JSON.stringify(value)).join('\n');

describe('a file of releases', () => {
  it('has a length of bins in its first line, and else one of a second', () => {
    const [minutes] = parseReleases(
      lines({ meta: { binSeconds: 60 } }, { id: 'a', ...counts }),
      'f',
    );
    const [seconds] = parseReleases(lines({ id: 'a', ...counts }), 'f');
    const [whole] = parseReleases(
      lines({ meta: { T: 20, latencyBucketSeconds: 20 } }, { id: 'a', ...counts }),
      'f',
    );

    expect(minutes?.lengths).toEqual({ counts: 60, latency: 60 });
    expect(seconds?.lengths).toEqual({ counts: 1, latency: 1 });
    expect(whole?.lengths).toEqual({ counts: 10, latency: 20 });
  });

  it('names a release by its id, else by service and sequence, else by its line', () => {
    const ids = parseReleases(
      lines({ id: 'a', ...counts }, { service: 3, seq: 7, ...counts }, counts),
      'f',
    ).map(({ id }) => id);

    expect(ids).toEqual(['a', '3-7', 'line-3']);
  });

  it.each([
    ['{', 'traces.jsonl, line 1 is not JSON'],
    [lines({ id: 'a', ...counts, nc: undefined }), 'traces.jsonl, line 1: nc: '],
    [lines({ id: 'a', ...counts, ec: [0, -1] }), 'traces.jsonl, line 1: ec.1: '],
    [lines({ id: 'a', ...counts, nb: [500] }), 'line 1: nb has 1 bins, nc has 2'],
    [
      lines({ id: 'a', ...counts, ec: [0, 51] }),
      'line 1: row 2 has more errors of green than requests (ec 51, nc 50): count every failed request in nc as well',
    ],
    [
      lines({ id: 'a', ...counts, nbu: [9, 9], ebu: [10, 0], ncu: [5, 5], ecu: [0, 0] }),
      'line 1: row 1 has more errors of blue than requests (ebu 10, nbu 9)',
    ],
    [lines({ meta: { binSeconds: 0 } }), 'line 1: binSeconds: '],
  ])('%s is refused, and the line is named', (text, sentence) => {
    expect(() => parseReleases(text, 'traces.jsonl')).toThrow(sentence);
  });

  it('is read packed or not, and one that is not there is refused', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'releases-'));
    const text = lines({ id: 'a', ...counts });
    writeFileSync(join(folder, 'plain'), text);
    writeFileSync(join(folder, 'packed'), gzipSync(text));

    expect(await readReleases(join(folder, 'packed'))).toEqual(
      await readReleases(join(folder, 'plain')),
    );
    await expect(readReleases(join(folder, 'none'))).rejects.toThrow('There is no file');
  });
});

describe('the traces of the project', () => {
  it('are decided without knowing what comes after', async () => {
    const pasts = await readReleases(join(DATA, 'canary_traces_dev.jsonl.gz'));
    for (const { trace, lengths } of pasts.filter((_, index) => index % 7 === 0)) {
      const { second } = replay(trace, lengths, DEFAULT_PARAMETERS);
      if (second === null) continue;
      const until = Math.ceil(second / lengths.latency) * lengths.latency;
      const cut = Object.fromEntries(
        Object.entries(trace).map(([name, values]) => [
          name,
          name === 'pre'
            ? values
            : values?.slice(0, /^h/.test(name) ? until / lengths.latency : until),
        ]),
      ) as unknown as typeof trace;
      expect(replay(cut, lengths, DEFAULT_PARAMETERS).second).toBe(second);
    }
  });
});
