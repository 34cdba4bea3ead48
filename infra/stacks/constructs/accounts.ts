import { Duration } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { RegionConfiguration } from '../configuration/configuration.ts';
import { acknowledge } from './acknowledge.ts';
import type { PortalFunction } from './function.ts';
import { removal } from './removal.ts';

/** The user pool of a region: usernames and passwords, nothing else, and no public endpoint of its own. */
export class Accounts extends Construct {
  readonly pool: cognito.UserPool;
  readonly client: cognito.UserPoolClient;

  constructor(scope: Construct, id: string, configuration: RegionConfiguration) {
    super(scope, id);
    const { name, isProtected } = configuration;
    this.pool = new cognito.UserPool(this, 'Pool', {
      userPoolName: name,
      selfSignUpEnabled: false,
      accountRecovery: cognito.AccountRecovery.NONE, // synthesizes `admin_only`
      signInAliases: { username: true },
      signInCaseSensitive: false,
      // Length only: NIST SP 800-63B 3.1.1.2 forbids composition rules. The product's own list of
      // common passwords is stricter than what a pool can check.
      passwordPolicy: {
        minLength: 12,
        requireDigits: false,
        requireLowercase: false,
        requireSymbols: false,
        requireUppercase: false,
        tempPasswordValidity: Duration.days(1),
      },
      mfa: cognito.Mfa.OFF,
      featurePlan: cognito.FeaturePlan.LITE, // Passwords are all that is asked of it.
      deletionProtection: isProtected,
      removalPolicy: removal(configuration),
    });
    this.client = this.pool.addClient('Client', {
      userPoolClientName: name,
      generateSecret: true,
      // CDK adds the refresh flow, which Cognito asks of every client (aws-cdk#7625); it goes unused.
      authFlows: { adminUserPassword: true },
      disableOAuth: true,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      // The tokens are thrown away at once; the session is the product's own.
      accessTokenValidity: Duration.minutes(5),
      idTokenValidity: Duration.minutes(5),
      refreshTokenValidity: Duration.hours(1),
      authSessionValidity: Duration.minutes(3),
    });
    acknowledge(this.pool, {
      'AwsSolutions-COG1':
        'Twelve characters at least, no composition rules: NIST SP 800-63B 3.1.1.2 forbids them.',
      'AwsSolutions-COG2':
        'Clients of a building company sign in rarely; a second factor is not part of this product.',
      'AwsSolutions-COG3':
        "Threat protection judges by a browser's address, and the pool only ever sees ours; failures are counted before the pool is asked.",
      'AwsSolutions-COG8':
        'The plus plan adds threat protection, which sees nothing behind a server-side sign-in.',
    });
  }

  /** Checks a password, with the client's secret. */
  canSignIn(fn: PortalFunction): void {
    fn.may(
      ['cognito-idp:AdminInitiateAuth', 'cognito-idp:DescribeUserPoolClient'],
      [this.pool.userPoolArn],
    );
  }

  canSetPassword(fn: PortalFunction): void {
    fn.may(['cognito-idp:AdminSetUserPassword'], [this.pool.userPoolArn]);
  }

  canCreate(fn: PortalFunction): void {
    fn.may(['cognito-idp:AdminCreateUser'], [this.pool.userPoolArn]);
  }

  canDelete(fn: PortalFunction): void {
    fn.may(['cognito-idp:AdminDeleteUser'], [this.pool.userPoolArn]);
  }

  canLookAt(fn: PortalFunction): void {
    fn.may(['cognito-idp:AdminGetUser'], [this.pool.userPoolArn]);
  }
}
