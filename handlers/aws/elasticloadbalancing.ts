import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { SILENT } from './silent.ts';

export const elasticloadbalancing = new ElasticLoadBalancingV2Client(SILENT);
