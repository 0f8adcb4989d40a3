import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../../packages/sandbox/delivery/pattern.ts';

const event = {
  source: 'aws.ecr',
  'detail-type': 'ECR Image Action',
  resources: ['arn:one', 'arn:two'],
  detail: {
    result: 'SUCCESS',
    'image-tag': 'release-1.2',
    size: 5,
    ok: true,
    nothing: null,
    address: '10.0.0.7',
    six: '2001:db8::1',
    empty: [],
    lanes: [
      { name: 'web', state: 'READY' },
      { name: 'api', state: 'FAILED' },
    ],
  },
};

const detail = (pattern: unknown) => ({ detail: pattern });

const cases: [string, unknown, boolean][] = [
  ['an exact text', { source: ['aws.ecr'] }, true],
  ['one of several texts', { source: ['aws.s3', 'aws.ecr'] }, true],
  ['another text', { source: ['aws.s3'] }, false],
  ['one element of a list', { resources: ['arn:two'] }, true],
  ['no element of a list', { resources: ['arn:three'] }, false],
  ['a number', detail({ size: [5] }), true],
  ['a number written as text', detail({ size: ['5'] }), false],
  ['a boolean', detail({ ok: [true] }), true],
  ['null', detail({ nothing: [null] }), true],
  ['all fields, not one of them', detail({ size: [5], result: ['FAILURE'] }), false],
  ['prefix', detail({ 'image-tag': [{ prefix: 'release-' }] }), true],
  ['prefix, any case', detail({ result: [{ prefix: { 'equals-ignore-case': 'suc' } }] }), true],
  ['another prefix', detail({ 'image-tag': [{ prefix: 'v' }] }), false],
  ['suffix', detail({ 'image-tag': [{ suffix: '.2' }] }), true],
  ['equals-ignore-case', detail({ result: [{ 'equals-ignore-case': 'success' }] }), true],
  ['wildcard', detail({ 'image-tag': [{ wildcard: 'rel*-*.2' }] }), true],
  ['wildcard that must end', detail({ 'image-tag': [{ wildcard: 'rel*1' }] }), false],
  ['a star that is meant', detail({ 'image-tag': [{ wildcard: 'release\\*' }] }), false],
  ['anything-but a text', detail({ result: [{ 'anything-but': 'FAILURE' }] }), true],
  ['anything-but a list', detail({ result: [{ 'anything-but': ['SUCCESS', 'X'] }] }), false],
  ['anything-but a number', detail({ size: [{ 'anything-but': 5 }] }), false],
  ['anything-but prefix', detail({ 'image-tag': [{ 'anything-but': { prefix: 'rel' } }] }), false],
  [
    'anything-but suffixes',
    detail({ 'image-tag': [{ 'anything-but': { suffix: ['a', 'b'] } }] }),
    true,
  ],
  ['anything-but a missing field', detail({ gone: [{ 'anything-but': 'x' }] }), false],
  ['numeric equal', detail({ size: [{ numeric: ['=', 5] }] }), true],
  ['numeric range', detail({ size: [{ numeric: ['>', 0, '<=', 5] }] }), true],
  ['outside of a range', detail({ size: [{ numeric: ['>', 0, '<', 5] }] }), false],
  ['numeric on text', detail({ result: [{ numeric: ['>', 0] }] }), false],
  ['exists', detail({ size: [{ exists: true }] }), true],
  ['exists, but it does not', detail({ gone: [{ exists: true }] }), false],
  ['exists: false', detail({ gone: [{ exists: false }] }), true],
  ['exists: false, but it does', detail({ size: [{ exists: false }] }), false],
  ['exists: false of an empty list', detail({ empty: [{ exists: false }] }), true],
  ['exists: false or a value', detail({ gone: [{ exists: false }, 'x'] }), true],
  ['cidr', detail({ address: [{ cidr: '10.0.0.0/24' }] }), true],
  ['another cidr', detail({ address: [{ cidr: '10.0.1.0/24' }] }), false],
  ['cidr of version 6', detail({ six: [{ cidr: '2001:db8::/32' }] }), true],
  ['$or, second', detail({ $or: [{ size: [6] }, { result: ['SUCCESS'] }] }), true],
  ['$or, none', detail({ $or: [{ size: [6] }, { result: ['FAILURE'] }] }), false],
  ['$or and a field', detail({ ok: [false], $or: [{ size: [5] }, { size: [6] }] }), false],
  ['an object inside a list', detail({ lanes: { name: ['api'], state: ['FAILED'] } }), true],
  [
    'fields of two objects of a list',
    detail({ lanes: { name: ['web'], state: ['FAILED'] } }),
    false,
  ],
  ['a field below a missing one', { other: { field: ['x'] } }, false],
];

describe('event patterns', () => {
  it.each(cases)('match %s', (_, pattern, expected) => {
    expect(compilePattern(pattern)(event)).toBe(expected);
  });

  it.each([
    ['an empty list', { source: [] }, /Empty arrays/],
    ['an empty object', { detail: {} }, /Empty objects/],
    ['a plain value', { source: 'aws.ecr' }, /must be an object or an array/],
    ['an unknown operator', { source: [{ like: 'x' }] }, /Unrecognized match type like/],
    ['two operators in one', { source: [{ prefix: 'a', suffix: 'b' }] }, /Only one key/],
    ['a range without number', { size: [{ numeric: ['>', '5'] }] }, /must be numeric/],
    ['a bad cidr', { address: [{ cidr: '10.0.0.0' }] }, /CIDR/],
    ['two stars', { source: [{ wildcard: 'a**' }] }, /Consecutive/],
    ['no object', ['x'], /not an object/],
  ])('refuse %s', (_, pattern, message) => {
    expect(() => compilePattern(pattern)).toThrow(message);
  });
});
