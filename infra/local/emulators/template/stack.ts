import * as z from 'zod/mini';
import { LocalError } from '../../host/local-error.ts';
import { noValue, resolve } from './intrinsics.ts';
import { type Physical, physicalId } from './physical-ids.ts';

type Place = { readonly name: string; readonly account: string; readonly region: string };

export type Resource<Properties> = {
  readonly logicalId: string;
  readonly properties: Properties;
};

const templateSchema = z.object({
  Parameters: z.optional(z.record(z.string(), z.object({ Default: z.optional(z.unknown()) }))),
  Resources: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Properties: z.optional(z.record(z.string(), z.unknown())),
    }),
  ),
});
type Template = z.infer<typeof templateSchema>;

/** One synthesized stack: its resources, read as CloudFormation would create them. */
export class Stack {
  static readonly schema = templateSchema;
  readonly place: Place;
  private readonly template: Template;
  private readonly assets: ReadonlyMap<string, string>;
  private readonly created = new Map<string, Physical>();

  constructor(place: Place, template: Template, assets: ReadonlyMap<string, string> = new Map()) {
    this.place = place;
    this.template = template;
    this.assets = assets;
  }

  /** Notes the id that a resource was given when it was created. */
  note(logicalId: string, physical: Physical): void {
    this.created.set(logicalId, physical);
  }

  /**
   * The resources of a type, with resolved properties of the form that `schema` names.
   * @throws LocalError naming a resource that does not have that form
   */
  resources<Schema extends z.core.$ZodType>(
    type: string,
    schema: Schema,
  ): Resource<z.output<Schema>>[] {
    return Object.entries(this.template.Resources)
      .filter(([, { Type }]) => Type === type)
      .map(([logicalId, { Properties = {} }]) => {
        const read = z.safeParse(schema, resolve(this, Properties));
        if (read.success) return { logicalId, properties: read.data };
        const field = read.error.issues[0]?.path.join('.');
        throw new LocalError(
          `The ${type} ${logicalId} of ${this.place.name} can't run here: see its ${field}.`,
        );
      });
  }

  /** Where the asset of an S3 key lies on this machine. */
  asset(key: string): string {
    const folder = this.assets.get(key);
    if (folder) return folder;
    throw new LocalError(`${this.place.name} has no asset ${key}.`);
  }

  /** What `Ref` answers. */
  ref(name: string): unknown {
    const { account, region, name: stackName } = this.place;
    const pseudo: Readonly<Record<string, unknown>> = {
      'AWS::AccountId': account,
      'AWS::Region': region,
      'AWS::Partition': 'aws',
      'AWS::StackName': stackName,
      'AWS::StackId': `arn:aws:cloudformation:${region}:${account}:stack/${stackName}/local`,
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::NoValue': noValue,
    };
    if (name in pseudo) return pseudo[name];
    const parameter = this.template.Parameters?.[name];
    return parameter ? parameter.Default : this.physical(name).ref;
  }

  /** What `Fn::GetAtt` answers. */
  attribute(logicalId: string, attribute: string): string {
    return this.physical(logicalId).attributes?.[attribute] ?? `${logicalId}.${attribute}`;
  }

  private physical(logicalId: string): Physical {
    const noted = this.created.get(logicalId);
    if (noted) return noted;
    const resource = this.template.Resources[logicalId];
    if (!resource) throw new LocalError(`${this.place.name} has no resource ${logicalId}.`);
    const physical = physicalId(
      resource.Type,
      logicalId,
      (property) => resolve(this, resource.Properties?.[property]),
      this.place,
    );
    this.created.set(logicalId, physical);
    return physical;
  }
}
