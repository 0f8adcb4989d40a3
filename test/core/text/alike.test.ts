import { describe, expect, it } from 'vitest';
import { alike } from '../../../core/text/alike.ts';

const VERBS = ['list', 'get', 'watch', 'stopDeployment', 'stopExecution'];

describe('the word that a mistyped one resembles', () => {
  it.each([
    ['lsit', 'list'],
    ['wacth', 'watch'],
    ['gets', 'get'],
    ['stopDeploy', 'stopDeployment'],
    ['StopExecution', 'stopExecution'],
  ])('%s is meant as %s', (given, meant) => {
    expect(alike(given, VERBS)).toBe(meant);
  });

  it.each(['help', 'x', '', 'approve'])('%j resembles none', (given) => {
    expect(alike(given, VERBS)).toBeUndefined();
  });
});
