import type { Fact, Size } from './change.ts';
export const WEIGHTS: Readonly<Record<Fact, number>> = { commits: 0, files: 0, directories: 0, linesAdded: 0, linesDeleted: 0, experience: 0 };
export const CENTRES: Readonly<Record<Fact, number>> = WEIGHTS;
export const SPREADS: Readonly<Record<Fact, number>> = WEIGHTS;
export const LOADINGS: Readonly<Record<Size, number>> = WEIGHTS;
