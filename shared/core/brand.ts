/** The portal and its owner, as clients know them. */
export const portal = 'Customer Portal';
export const brand = 'G.J. Gardner Homes';
