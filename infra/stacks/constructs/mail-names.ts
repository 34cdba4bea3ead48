import type { RegionConfiguration } from '../configuration/configuration.ts';

/**
 * What the portal's stack knows of its mail stack: only names, since the two may live in different
 * AWS regions, between which CloudFormation passes no values.
 */
export const mailNames = ({ name, region, emailRegion, account }: RegionConfiguration) => {
  const domain = region.sender.slice(region.sender.indexOf('@') + 1);
  const ses = `arn:aws:ses:${emailRegion}:${account}`;
  return {
    domain,
    /** Configuration set of reset emails. */
    resets: `${name}-resets`,
    /** Configuration set of all other emails. */
    others: `${name}-others`,
    identityArn: `${ses}:identity/${domain}`,
    configurationSetArn: (set: string) => `${ses}:configuration-set/${set}`,
  };
};
