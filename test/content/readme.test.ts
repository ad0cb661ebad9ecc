import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { renderTranscript, replaceTranscript } from '../../scripts/lib/transcript.ts';
import { startApplication, type TestApplication } from '../support/application.ts';

describe('README.md', () => {
  let app: TestApplication;

  beforeAll(async () => {
    app = await startApplication();
  });

  afterAll(async () => {
    await app.stop();
  });

  it('shows conversations as the application has them today (npm run transcript writes them anew)', async () => {
    const readme = readFileSync('README.md', 'utf8');

    expect(readme).toBe(replaceTranscript(readme, await renderTranscript(() => app.resident())));
    expect(readme).toContain('PA-yymmdd-0001');
  });

  it('without its marks is refused', () => {
    expect(() => replaceTranscript('# Nothing', '')).toThrow('<!-- transcript -->');
  });
});
