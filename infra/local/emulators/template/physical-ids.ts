/** What a resource is called once it exists: the answer to `Ref`, and to `Fn::GetAtt`. */
export type Physical = {
  readonly ref: string;
  readonly attributes?: Readonly<Record<string, string>>;
};

type Place = { readonly region: string; readonly account: string };
type Property = (name: string) => unknown;
type Named = (name: string, place: Place, property: Property) => Physical;

const arn =
  (service: string, prefix = '') =>
  (name: string, { region, account }: Place) =>
    `arn:aws:${service}:${region}:${account}:${prefix}${name}`;

const tableArn = arn('dynamodb', 'table/');
const functionArn = arn('lambda', 'function:');
const queueArn = arn('sqs');
const topicArn = arn('sns');
const busArn = arn('events', 'event-bus/');
const ruleArn = arn('events', 'rule/');
/** AWS adds six characters of its own to a secret's name. */
export const secretArn: (name: string, place: Place) => string = (name, place) =>
  arn('secretsmanager', 'secret:')(`${name}-LOCAL1`, place);

const byName: Readonly<Record<string, { readonly name: string; readonly physical: Named }>> = {
  'AWS::DynamoDB::Table': {
    name: 'TableName',
    physical: (name, place) => ({
      ref: name,
      attributes: {
        Arn: tableArn(name, place),
        StreamArn: `${tableArn(name, place)}/stream/local`,
      },
    }),
  },
  'AWS::Lambda::Function': {
    name: 'FunctionName',
    physical: (name, place) => ({ ref: name, attributes: { Arn: functionArn(name, place) } }),
  },
  'AWS::SQS::Queue': {
    name: 'QueueName',
    physical: (name, place) => ({
      ref: `https://sqs.${place.region}.amazonaws.com/${place.account}/${name}`,
      attributes: { Arn: queueArn(name, place), QueueName: name },
    }),
  },
  'AWS::Events::EventBus': {
    name: 'Name',
    physical: (name, place) => ({
      ref: name,
      attributes: { Arn: busArn(name, place), Name: name },
    }),
  },
  'AWS::Events::Rule': {
    name: 'Name',
    physical: (name, place, property) => {
      const bus = property('EventBusName');
      const path = typeof bus === 'string' ? `${bus}/${name}` : name;
      return { ref: name, attributes: { Arn: ruleArn(path, place) } };
    },
  },
  'AWS::SecretsManager::Secret': {
    name: 'Name',
    physical: (name, place) => ({ ref: secretArn(name, place) }),
  },
  'AWS::SNS::Topic': {
    name: 'TopicName',
    physical: (name, place) => ({
      ref: topicArn(name, place),
      attributes: { TopicArn: topicArn(name, place), TopicName: name },
    }),
  },
  'AWS::SES::ConfigurationSet': { name: 'Name', physical: (name) => ({ ref: name }) },
  'AWS::SES::EmailIdentity': { name: 'EmailIdentity', physical: (name) => ({ ref: name }) },
};

/**
 * How AWS would call a resource: by its own name where its type has one, otherwise after its
 * logical id. Ids that AWS hands out (a user pool's) are told when the resource is created.
 * @param property reads a property of the resource
 */
export const physicalId = (
  type: string,
  logicalId: string,
  property: Property,
  place: Place,
): Physical => {
  const known =
    type === 'AWS::DynamoDB::GlobalTable' ? byName['AWS::DynamoDB::Table'] : byName[type];
  if (!known) return { ref: logicalId };
  const name = property(known.name);
  return known.physical(typeof name === 'string' ? name : logicalId, place, property);
};
