import { describe, expect, it } from '@jest/globals';
import { runCrash } from '../../scripts/bench/crash.ts';

describe('killing the web process and the worker at random points', () => {
  it('loses no event, answers each once, and keeps the order of everybody', async () => {
    const verdict = await runCrash({
      events: 300,
      residents: 20,
      kills: 6,
      perSecond: 25,
      seed: 7,
      command: ['--import', 'tsx', 'src/main.ts'],
    });

    expect(verdict).toMatchObject({
      kills: 6,
      withoutOutcome: [],
      missing: [],
      repeated: [],
      outOfOrder: [],
    });
  }, 240_000);
});
