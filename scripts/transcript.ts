/** `npm run transcript`: has the conversations of README.md anew and writes them there. */
import { readFileSync, writeFileSync } from 'node:fs';
import { startApplication } from '../test/support/application.ts';
import { startEngine } from './bench/setting.ts';
import { renderTranscript, replaceTranscript } from './lib/transcript.ts';

const engine = await startEngine();
process.env['MONGODB_TEST_URI'] = engine.uri;
const app = await startApplication();
try {
  const transcript = await renderTranscript(() => app.resident());
  writeFileSync('README.md', replaceTranscript(readFileSync('README.md', 'utf8'), transcript));
} finally {
  await app.stop();
  await engine.stop();
}
