import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createAnnouncementArchiveStore } from './announcements/announcement-archive-store.ts';
import { composeZalo } from './compose-zalo.ts';
import type { Config, Role } from './config.ts';
import { createSessionStore } from './conversation/session-store.ts';
import { createDossierStore } from './dossiers/dossier-store.ts';
import { createEscalationStore } from './escalations/escalation-store.ts';
import { createFeedbackStore } from './feedback/feedback-store.ts';
import { createInboxStore } from './inbox/inbox-store.ts';
import type { Clock } from './kernel/clock.ts';
import { parseCommune, type Commune } from './kernel/commune.ts';
import { createWording } from './kernel/i18n.ts';
import type { Logger } from './kernel/logger.ts';
import { createMetrics } from './metrics.ts';
import { createMisunderstoodStore } from './misunderstood/misunderstood-store.ts';
import { createPseudonyms } from './misunderstood/pseudonyms.ts';
import { type Connection } from './mongo/connection.ts';
import type { EngineEntry } from './mongo/engine-entry.ts';
import { createLeaseStore } from './mongo/lease-store.ts';
import { createOutboxStore } from './outbox/outbox-store.ts';
import { createResidentStore } from './residents/resident-store.ts';
import { createTickStore } from './schedule/tick-store.ts';

export interface AppOptions {
  readonly config: Config;
  readonly role: Role;
  /** The folder that holds `locales/`. */
  readonly root: string;
  readonly engineEntry: EngineEntry;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What every role needs: the stores, Zalo's side, the commune's file and words. */
export type Parts = ReturnType<typeof composeParts>;

/** Builds them on an open connection; nothing runs yet. Throws `ConfigError` for a wrong commune or wording file. */
export function composeParts(options: AppOptions, connection: Connection) {
  const { config, clock, log } = options;
  const localesDir = join(options.root, 'locales');
  const commune = loadCommune(resolve(options.root, config.communeFile), log);
  const wording = createWording(localesDir);
  const metrics = createMetrics();
  const owner = `${options.role}-${randomUUID()}`;
  const leases = createLeaseStore(connection, clock);
  const stores = {
    inbox: createInboxStore(connection, clock),
    outbox: createOutboxStore(connection, clock),
    sessions: createSessionStore(connection, clock),
    residents: createResidentStore(connection),
    dossiers: createDossierStore(connection),
    feedback: createFeedbackStore(connection),
    escalations: createEscalationStore(connection),
    archive: createAnnouncementArchiveStore(connection),
    misunderstood: createMisunderstoodStore(connection, createPseudonyms(config.encryptionKey)),
    ticks: createTickStore(connection),
  };
  const { zalo, encryptionKey, publicUrl } = config;
  const shared = { connection, leases, clock, log, metrics, owner };
  const zaloSide = composeZalo({ zalo, encryptionKey, publicUrl, ...shared });
  return { connection, root: options.root, commune, wording, metrics, leases, stores, zaloSide };
}

function loadCommune(file: string, log: Logger): Commune {
  const commune = parseCommune(JSON.parse(readFileSync(file, 'utf8')), file);
  if (commune.placeholders.length > 0) {
    log.warn('commune.placeholders', {
      fields: commune.placeholders.join(' '),
      cure: 'These fields of the commune file are assumptions: confirm them and take them off its "placeholders" list.',
    });
  }
  return commune;
}
