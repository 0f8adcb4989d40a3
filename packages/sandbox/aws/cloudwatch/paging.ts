/** How CloudWatch's answers page. */
import type { Paging } from '../../paging.ts';

const described = (usual: number): Paging => ({
  size: 'MaxRecords',
  token: 'NextToken',
  usual,
  most: 100,
  errors: { size: 'ValidationError', token: 'InvalidNextToken' },
});

export const alarmPaging = described(50);
/** Also of alarms that are asked for by name, up to 100 of them. */
export const historyPaging = described(100);

export const metricPaging: Paging = {
  token: 'NextToken',
  usual: 500,
  errors: { token: 'InvalidParameterValueException' },
};

/** Data points of GetMetricData. */
export const dataPaging: Paging = {
  size: 'MaxDatapoints',
  token: 'NextToken',
  usual: 100_800,
  errors: { size: 'ValidationError', token: 'InvalidNextToken' },
};
