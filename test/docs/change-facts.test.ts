/** The commands in docs/judgement.md make the facts of a change out of git. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Change } from '../../core/release/change.ts';
import { pageAt } from './pages.ts';

const commands =
  /^```sh\n(FROM=released[\s\S]*?)^```/m.exec(pageAt('docs/judgement.md').text)?.[1] ?? '';

const openRepository = () => {
  const folder = mkdtempSync(join(tmpdir(), 'git-'));
  const git = (...words: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'commit.gpgsign=false', ...words], {
      cwd: folder,
    });
  git('init', '--quiet');
  const commit = (author: string, files: Readonly<Record<string, string | Uint8Array>>) => {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    git('add', '--all');
    git('-c', `user.email=${author}`, 'commit', '--quiet', '--allow-empty', '--message', 'x');
  };
  const facts = () => {
    execFileSync('sh', ['-eu', '-c', commands], { cwd: folder });
    return Change.parse(JSON.parse(readFileSync(join(folder, 'change.json'), 'utf8')));
  };
  return { git, commit, facts };
};

it('the commands of docs/judgement.md count commits, files, directories, lines and experience', () => {
  const { git, commit, facts } = openRepository();
  commit('ada+git@example.com', { 'a.txt': '1\n2\n3\n' });
  commit('ada+git@example.com', { 'web/b.txt': '1\n' });
  git('tag', 'released');
  commit('ada+git@example.com', { 'a.txt': '1\n3\n', 'web/c d.txt': '1\n2\n' });
  commit('grace@example.com', { 'web/deep/e.bin': new Uint8Array([0, 1, 2, 0]) });

  expect(facts()).toEqual({
    commits: 2,
    files: 3,
    directories: 3,
    linesAdded: 2,
    linesDeleted: 1,
    experience: 1,
  });
});

it('the commands of docs/judgement.md count nothing where nothing has changed', () => {
  const { git, commit, facts } = openRepository();
  commit('ada@example.com', { 'a.txt': '1\n' });
  git('tag', 'released');

  expect(facts()).toEqual({
    commits: 0,
    files: 0,
    directories: 0,
    linesAdded: 0,
    linesDeleted: 0,
    experience: 0,
  });
});
