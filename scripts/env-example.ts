/** `npm run env:example`: writes `.env.example` from the list in src/config.ts. */
import { writeFileSync } from 'node:fs';
import { renderEnvExample } from './lib/env-example.ts';

writeFileSync('.env.example', renderEnvExample());
