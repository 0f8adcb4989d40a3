import { describe, expect, it } from 'vitest';
import { failureText } from '../../../core/text/failure.ts';

describe('failureText', () => {
  const thrown = JSON.stringify({ errorType: 'E', errorMessage: 'the table is away', trace: [] });
  const text = (Cause: string) => failureText({ Error: 'AccessDeniedException', Cause });

  it('reads the message out of what Lambda gives', () => {
    expect(text(thrown)).toBe('AccessDeniedException: the table is away');
  });

  it('reads it out of what a machine gives whose step failed', () => {
    expect(text(JSON.stringify({ Cause: thrown, Status: 'FAILED' }))).toBe(
      'AccessDeniedException: the table is away',
    );
  });

  it('gives any other cause as it is', () => {
    expect(text('A state machine was deleted')).toBe(
      'AccessDeniedException: A state machine was deleted',
    );
  });
});
