import type { Way } from '../../core/views/way.ts';
import { styled } from './terminal.ts';

/**
 * Draws where on its way a release is: `Validating › Preparing › …` with the phase in bold, at most `width` characters
 * wide where words allow; past the way forward, that alone.
 */
export const phaseMap = (way: Way, width: number): string => {
  if ('left' in way)
    return styled(['bold', way.left === 'Promoted' ? 'green' : 'yellow'], way.left);
  const { phases, at } = way;
  const separator = phases.join(' › ').length <= width ? ' › ' : '›';
  return phases
    .map((one) => styled(one === at ? 'bold' : 'gray', one))
    .join(styled('gray', separator));
};
