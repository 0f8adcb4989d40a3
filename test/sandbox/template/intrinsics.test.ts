// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of CloudFormation and IAM look like this
import { describe, expect, it } from 'vitest';
import { resolve } from '../../../packages/sandbox/template/intrinsics.ts';
import { references } from '../../../packages/sandbox/template/references.ts';
import {
  NO_VALUE,
  pseudoParameters,
  type Scope,
} from '../../../packages/sandbox/template/scope.ts';

const scope: Scope = {
  region: 'eu-west-1',
  values: new Map<string, unknown>([
    ...pseudoParameters({
      account: '111122223333',
      region: 'eu-west-1',
      name: 'web',
      arn: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/web/1',
    }),
    ['Size', '3'],
    ['Zones', ['x', 'y']],
  ]),
  mappings: { Sizes: { 'eu-west-1': { Large: 'm5' } } },
  condition: (name) => name === 'Yes',
  resource: (id) =>
    id === 'Table'
      ? {
          type: 'AWS::DynamoDB::Table',
          ref: 'orders',
          attributes: { Arn: 'arn:t', 'A.B': 'dotted' },
        }
      : undefined,
  imported: (name) => (name === 'net:Vpc' ? 'vpc-1' : undefined),
};

describe('resolve', () => {
  it.each<[string, unknown, unknown]>([
    ['Ref to a parameter', { Ref: 'Size' }, '3'],
    ['Ref to a resource', { Ref: 'Table' }, 'orders'],
    ['Ref to a pseudo parameter', { Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
    ['GetAtt as a list', { 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:t'],
    ['GetAtt as a string', { 'Fn::GetAtt': 'Table.Arn' }, 'arn:t'],
    ['GetAtt with a dotted attribute', { 'Fn::GetAtt': ['Table', 'A.B'] }, 'dotted'],
    [
      'Sub',
      { 'Fn::Sub': '${AWS::Region}/${Table}/${Table.Arn}/${!Literal}' },
      'eu-west-1/orders/arn:t/${Literal}',
    ],
    [
      'Sub with variables',
      { 'Fn::Sub': ['${a}-${Size}', { a: { 'Fn::Sub': '<${Table}>' } }] },
      '<orders>-3',
    ],
    ['Join', { 'Fn::Join': [':', ['a', { Ref: 'Size' }, 'b']] }, 'a:3:b'],
    ['Join over a list parameter', { 'Fn::Join': ['', { Ref: 'Zones' }] }, 'xy'],
    ['Select and Split', { 'Fn::Select': ['1', { 'Fn::Split': ['|', 'a|b|c'] }] }, 'b'],
    ['GetAZs of this Region', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }, 'eu-west-1a'],
    ['FindInMap', { 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'Large'] }, 'm5'],
    ['ImportValue', { 'Fn::ImportValue': { 'Fn::Sub': 'net:Vpc' } }, 'vpc-1'],
    ['If', [{ 'Fn::If': ['Yes', 1, 2] }, { 'Fn::If': ['No', 1, 2] }], [1, 2]],
    ['Base64', { 'Fn::Base64': 'hi' }, 'aGk='],
    ['Cidr', { 'Fn::Select': [1, { 'Fn::Cidr': ['10.0.0.0/16', 2, 8] }] }, '10.0.1.0/24'],
    [
      'NoValue in an object and a list',
      { a: { Ref: 'AWS::NoValue' }, b: [{ Ref: 'AWS::NoValue' }, 1] },
      { b: [1] },
    ],
    [
      'what is no function',
      { Ref: 'Size', Other: 1, deep: [null, true] },
      { Ref: 'Size', Other: 1, deep: [null, true] },
    ],
  ])('%s', (_, value, expected) => {
    expect(resolve(value, scope, 'Properties')).toEqual(expected);
  });

  it('says nothing for a value that is NoValue as a whole', () => {
    expect(resolve({ 'Fn::If': ['No', 1, { Ref: 'AWS::NoValue' }] }, scope, 'P')).toBe(NO_VALUE);
  });

  it.each<[string, unknown, RegExp]>([
    [
      'an unknown name',
      { Name: { Ref: 'Tabel' } },
      /^Properties\.Name: Ref Tabel: no parameter or resource/,
    ],
    [
      'an unknown attribute',
      [{ 'Fn::GetAtt': ['Table', 'Url'] }],
      /^Properties\[0\]: .*Table\.Url.*it gives: A\.B, Arn/,
    ],
    ['an unknown function', { 'Fn::Length': [] }, /does not know the function Fn::Length/],
    ['a dynamic reference', '{{resolve:ssm:/a}}', /dynamic reference/],
    ['an export that is missing', { 'Fn::ImportValue': 'x' }, /no stack in eu-west-1 exports it/],
    ['a list where text is needed', { 'Fn::Sub': '${Zones}' }, /expects a string/],
    ['too few arguments', { 'Fn::Join': [''] }, /expects 2 arguments, not 1/],
    ['an element beyond the list', { 'Fn::Select': [2, ['a']] }, /element 2 of a list of 1/],
    ['a network that is too small', { 'Fn::Cidr': ['10.0.0.0/24', 2, 8] }, /no room for 2 blocks/],
  ])('refuses %s', (_, value, message) => {
    expect(() => resolve(value, scope, 'Properties')).toThrow(message);
  });
});

describe('references', () => {
  it('finds every name that a value needs, of Fn::If only in the branch that counts', () => {
    const value = {
      a: { Ref: 'A' },
      b: [{ 'Fn::GetAtt': 'B.Arn' }, { 'Fn::GetAtt': ['C', 'Arn'] }],
      c: { 'Fn::Sub': ['${D.Arn}${x}${!E}', { x: { Ref: 'F' } }] },
      d: { 'Fn::If': ['Yes', { Ref: 'G' }, { Ref: 'H' }] },
      e: { 'Fn::Join': ['', ['', { Ref: 'I' }]] },
    };

    expect(references(value, scope.condition)).toEqual(['A', 'B', 'C', 'D', 'F', 'G', 'I']);
  });
});
