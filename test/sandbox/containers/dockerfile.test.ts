import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../../packages/sandbox/containers/dockerfile.ts';
import { dockerignore } from '../../../packages/sandbox/containers/dockerignore.ts';

const lines = (...text: string[]) => text.join('\n');

describe('parseDockerfile', () => {
  it('reads what a process needs and lists what it does not carry out', () => {
    const parsed = parseDockerfile(
      lines(
        'FROM node:24-alpine',
        'WORKDIR /app',
        'ENV PORT=8080 GREETING="good day"',
        'LABEL team=shop',
        'COPY package*.json ./',
        'RUN npm ci \\',
        '  --omit=dev',
        'COPY . .',
        'USER node',
        'EXPOSE 8080/tcp',
        'HEALTHCHECK CMD wget -q localhost:8080',
        'CMD ["node", "server.js"]',
      ),
    );

    expect(parsed).toMatchObject({
      from: 'node:24-alpine',
      workdir: '/app',
      environment: { PORT: '8080', GREETING: 'good day' },
      labels: { team: 'shop' },
      ports: [8080],
      command: ['node', 'server.js'],
      entrypoint: [],
      ignored: ['RUN (line 6)', 'USER (line 9)', 'HEALTHCHECK (line 11)'],
    });
  });

  it('puts defaults of ARG and earlier ENV in the place of variables', () => {
    const parsed = parseDockerfile(
      lines(
        'ARG BASE=node:24',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the Dockerfile's own variable
        'FROM ${BASE}',
        'ARG V=2',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the Dockerfile's own variable
        'ENV VERSION=$V.0 NAME=${WHO:-nobody} COST=\\$1',
      ),
    );

    expect(parsed.from).toBe('node:24');
    expect(parsed.environment).toEqual({ VERSION: '2.0', NAME: 'nobody', COST: '$1' });
  });

  it('gives a command in shell form to a shell and leaves its variables alone', () => {
    const { command } = parseDockerfile(
      lines('FROM x', 'ENV A=1', 'CMD node server.js --port $PORT'),
    );

    expect(command).toEqual(['/bin/sh', '-c', 'node server.js --port $PORT']);
  });

  it('lets the last stage count', () => {
    const parsed = parseDockerfile(
      lines(
        'FROM node AS build',
        'ENV A=1',
        'CMD ["build"]',
        'FROM node',
        'COPY --from=build /x ./x',
        'CMD ["run"]',
      ),
    );

    expect(parsed).toMatchObject({ environment: {}, command: ['run'], ignored: ['COPY (line 5)'] });
  });

  it('names line and instruction of what it cannot follow', () => {
    expect(() => parseDockerfile(lines('FROM x', '', 'EXPSE 80'))).toThrow(
      'Dockerfile line 3: EXPSE: is not an instruction',
    );
    expect(() => parseDockerfile(lines('FROM x', 'EXPOSE eighty'))).toThrow(
      "line 2: EXPOSE: 'eighty' is not a port",
    );
    expect(() => parseDockerfile(lines('FROM x', 'WORKDIR /app', 'COPY src ./lib'))).toThrow(
      'line 3: COPY:',
    );
    expect(() => parseDockerfile(lines('FROM x', 'COPY . .', 'WORKDIR /late'))).toThrow(
      'line 3: WORKDIR:',
    );
    expect(() => parseDockerfile('# nothing')).toThrow('FROM is missing');
  });
});

describe('dockerignore', () => {
  it('lets the last matching rule decide', () => {
    const isIgnored = dockerignore(lines('# comment', '*.md', '!README.md', 'test', '**/*.log'));

    expect(['a.md', 'test/deep/a.ts', 'x/y/z.log'].filter(isIgnored)).toHaveLength(3);
    expect(['README.md', 'docs/a.md', 'tests/a.ts'].filter(isIgnored)).toEqual([]);
  });
});
