/**
 * Takes the place of the SDK's cache of discovered endpoints in every bundle. The DynamoDB client
 * makes one and none of its commands uses it; with its LRU map it is 8 KB to load.
 */
export class EndpointCache {}
