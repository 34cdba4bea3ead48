import type { Attempt, ResetAttempts } from '../diagnosis/reset-attempts.ts';
import { storedRequest } from './reset-requests.ts';
import { queryItems, type Table } from './table/dynamodb.ts';
import { similarItems } from './table/similar.ts';
import { partitions } from './table/table.ts';

/** The newest attempts that a diagnosis reads. */
const newest = 10;

export const resetAttemptsIn = (table: Table): ResetAttempts => ({
  at: async (email) => {
    const { items } = await queryItems(table, {
      KeyConditionExpression: 'pk = :pk',
      values: { ':pk': `${partitions.request}${email}` },
      ScanIndexForward: false,
      Limit: newest,
    });
    return items.map((item) => {
      const { at, answer } = storedRequest(item);
      return { email, at, ...(answer && { outcome: answer.outcome }) };
    });
  },

  similarTo: async (email) => {
    const byKey = new Map<string, Attempt>();
    for (const item of await similarItems(table, 'request', email)) {
      const other = String(item['pk']).slice(partitions.request.length);
      const attempt = { email: other, at: Date.parse(String(item['nearAt'])) };
      byKey.set(`${other} ${item['sk']}`, attempt);
    }
    return [...byKey.values()].sort((a, b) => b.at - a.at);
  },
});
