import { expect, it } from 'vitest';
import { driverOf } from '../../../core/drivers/drivers.ts';
import { shellWords } from '../../../rehearsal/scenario/person/shell-words.ts';
import { ecsRecord, web } from '../fixture.ts';

it('the command that brings a service back hands a shell the AppSpec as it is', () => {
  const registration = web({ container: "it's" });
  const [create = ''] = driverOf(registration).commands.bringBack(ecsRecord({ registration }));
  const words = shellWords(create);
  const { appSpecContent } = JSON.parse(words[words.indexOf('--revision') + 1]!);

  expect(JSON.parse(appSpecContent.content).Resources[0].TargetService.Properties).toMatchObject({
    TaskDefinition: 'arn:web:1',
    LoadBalancerInfo: { ContainerName: "it's" },
  });
});
