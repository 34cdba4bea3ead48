import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Intercept } from '../../infra/local/emulators/aws-call.ts';
import type { Handler } from '../../infra/local/host/answer.ts';
import { documentOf } from './document.ts';
import { type Faulty, faults, nobodyAnswers, yesToEverything } from './faults.ts';
import { withLocalTarget } from './local-target.ts';
import { checkSentence, type Outcome } from './run-sentences.ts';
import type { Sentence } from './sentence.ts';
import { chapters } from './sentences.ts';
import { polling, type Target } from './target.ts';

// CDK's own rules are for what is deployed: they take seven times as long as the probe itself.
vi.stubEnv('CDK_VALIDATION', 'false');

const sentences = chapters.flatMap((chapter) => chapter.sentences);
const here = sentences.filter(({ accountOnly }) => accountOnly === undefined);

/** What stands between the probe and the stand-ins at the moment. */
let fault: Faulty | undefined;
const intercept: Intercept = (call, proceed) => fault?.intercept?.(call, proceed) ?? proceed();
const inFrontOf =
  (served: 'api' | 'account', answer: Handler): Handler =>
  (request, body) =>
    fault?.inFrontOf?.[served]?.(request, () => answer(request, body)) ?? answer(request, body);

let target: Target;
let stop: () => void;
let stopped: Promise<void>;

beforeAll(async () => {
  target = await new Promise<Target>((made, failed) => {
    stopped = withLocalTarget({ faults: { intercept, inFrontOf } }, (one) => {
      made(one);
      return new Promise<void>((done) => {
        stop = done;
      });
    });
    stopped.catch(failed);
  });
});
afterAll(async () => {
  fault = undefined;
  stop?.();
  await stopped;
});

/** A sentence under a fault, with so many seconds of patience for what is waited for. */
const under = async (one: Faulty, sentence: Sentence, seconds: number): Promise<Outcome> => {
  fault = one;
  try {
    return await checkSentence(sentence, {
      ...target,
      eventually: polling({ seconds, everyMs: 50 }),
    });
  } finally {
    fault = undefined;
  }
};

it('says of every other sentence why it needs an account', async () => {
  for (const sentence of sentences.filter((one) => !here.includes(one))) {
    const outcome = { kind: 'not checkable here', why: sentence.accountOnly };
    expect(await checkSentence(sentence, target)).toEqual(outcome);
  }
});

describe('no sentence is kept', () => {
  it.each(here.map((sentence) => [sentence.says, sentence] as const))(
    'by a service that says yes to everything, and by one that never answers well: %s',
    async (_, sentence) => {
      const kinds = [];
      for (const one of [yesToEverything, nobodyAnswers]) {
        // Who answers always the same need not be asked for long.
        kinds.push((await under(one, sentence, 0)).kind);
      }
      expect(kinds).toContain('broken');
    },
  );

  it.each(faults.map((one) => [one.what, one] as const))('by %s', async (_, one) => {
    const sentence = here.find(({ says }) => says.startsWith(one.breaks));
    expect(sentence).toBeDefined();
    if (sentence) expect(await under(one, sentence, 2)).toMatchObject({ kind: 'broken' });
  });
});

describe('the list of them', () => {
  it('names each once, with a document of AWS or a public issue', () => {
    expect(new Set(sentences.map(({ says }) => says)).size).toBe(sentences.length);
    for (const { document } of sentences) {
      expect(document.url).toMatch(
        /^https:\/\/(docs\.aws\.amazon\.com|repost\.aws|github\.com\/[^/]+\/[^/]+\/issues)\//,
      );
    }
  });

  it('stands in docs/conformance.md', async () => {
    await expect(documentOf(chapters)).toMatchFileSnapshot('../../docs/conformance.md');
  });
});
