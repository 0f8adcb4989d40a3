/**
 * What the facts of a change weigh, by `scripts/risk/fit.ts`: a logistic regression on the logarithms of the facts, with
 * an intercept for each project, on releases made of 1 to 10 commits in a row from the first six tenths by date of
 * ApacheJIT's `apachejit_test_small.csv` (4,515 commits of 15 projects; Keshavarz and Nagappan, "ApacheJIT: A Large
 * Dataset for Just-In-Time Defect Prediction", MSR 2022). A release is bad there when one of its commits brought a
 * defect. Sizes weigh nothing or more, experience nothing or less (Kamei et al., "A Large-Scale Empirical Study of
 * Just-in-Time Quality Assurance", TSE 2013); the number of files weighs nothing beside the others.
 */
import type { Fact, Size } from '../release/change.ts';

/** By how much the log odds rise with the logarithm of one more than the fact. */
export const WEIGHTS: Readonly<Record<Fact, number>> = {
  commits: 0.36,
  files: 0,
  directories: 0.208,
  linesAdded: 0.596,
  linesDeleted: 0.1,
  experience: -0.05,
};

/** Means of the logarithms: what is usual where the weights come from. */
export const CENTRES: Readonly<Record<Fact, number>> = {
  commits: 1.457,
  files: 2.869,
  directories: 2.282,
  linesAdded: 5.687,
  linesDeleted: 4.505,
  experience: 5.509,
};

/** Standard deviations of the logarithms within a project. */
export const SPREADS: Readonly<Record<Fact, number>> = {
  commits: 0.519,
  files: 1.076,
  directories: 0.856,
  linesAdded: 1.818,
  linesDeleted: 1.831,
  experience: 1.478,
};

/** Correlation of each size with what they have in common. */
export const LOADINGS: Readonly<Record<Size, number>> = {
  commits: 0.77,
  files: 0.977,
  directories: 0.961,
  linesAdded: 0.838,
  linesDeleted: 0.802,
};
