import { RemovalPolicy } from 'aws-cdk-lib';
import type { RegionConfiguration } from '../configuration/configuration.ts';

/**
 * What becomes of data and logs that leave their stack: kept, except when the very deployment that
 * created them fails, since what it left behind would stand in the way of the next.
 */
export const removal = ({ keepData }: RegionConfiguration): RemovalPolicy =>
  keepData ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
