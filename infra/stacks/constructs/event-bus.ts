import * as events from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { RegionConfiguration } from '../configuration/configuration.ts';
import type { PortalFunction } from './function.ts';

/** The region's event bus: what others hear of contacts (docs/events.md). */
export class EventBus extends Construct {
  readonly bus: events.EventBus;
  private readonly arn: string;

  constructor(scope: Construct, id: string, configuration: RegionConfiguration) {
    super(scope, id);
    const { name, awsRegion, account, region } = configuration;
    this.bus = new events.EventBus(this, 'Bus', {
      eventBusName: name,
      description: `What happens to contacts of the customer portal of ${region.country}`,
    });
    this.arn = `arn:aws:events:${awsRegion}:${account}:event-bus/${name}`;
  }

  canPublish(fn: PortalFunction): void {
    fn.may(['events:PutEvents'], [this.arn]);
  }
}
