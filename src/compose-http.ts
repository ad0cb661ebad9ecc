import type { AppOptions, Parts } from './compose-parts.ts';
import { createHealthRouter } from './health-router.ts';
import type { IncomingEvent } from './inbox/inbox.ts';
import type { Clock } from './kernel/clock.ts';
import { type Metrics } from './metrics.ts';
import { createServer } from './server.ts';
import { createDomainVerificationRouter } from './zalo/domain-verification-router.ts';
import { createOauthRouter } from './zalo/oauth-router.ts';
import { createWebhookRouter } from './zalo/webhook-router.ts';

/** The HTTP side of the web process; `onAccepted` hears of every stored event. */
export function composeHttp(
  { config, clock, log }: AppOptions,
  parts: Parts,
  onAccepted: (incoming: IncomingEvent) => void,
) {
  const { stores, metrics, zaloSide, connection, commune, wording } = parts;
  const { zalo } = config;
  return createServer({
    webhookRouter: createWebhookRouter({
      inbox: stores.inbox,
      appId: zalo.appId,
      secretKey: zalo.oaSecretKey,
      oaId: zalo.oaId,
      clock,
      log,
      metrics,
      onAccepted,
    }),
    healthRouter: createHealthRouter({
      checkDatabase: async () => {
        await connection.db?.admin().ping();
        return undefined;
      },
      checkToken: async () => {
        const status = await zaloSide.tokens.status();
        return status.present ? status.failureCode : 'zalo.token.missing';
      },
      metrics,
      collect: () => collectMetrics(parts, metrics, clock),
      log,
    }),
    verificationRouter: createDomainVerificationRouter({
      codes: zalo.verifierCodes,
      homePage: {
        title: wording.say('vi', 'home.title', { commune: commune.name }),
        text: wording.say('vi', 'home.text', { commune: commune.name }),
      },
    }),
    otherRouters: [
      createOauthRouter({ grant: zaloSide.grant, wording, commune: commune.name, oaId: zalo.oaId, log }),
    ],
    log,
    trustProxyHops: config.trustProxyHops,
  });
}

async function collectMetrics({ stores, zaloSide }: Parts, metrics: Metrics, clock: Clock): Promise<void> {
  const [incoming, outgoing, token] = await Promise.all([
    stores.inbox.depth(),
    stores.outbox.depth(),
    zaloSide.tokens.status(),
  ]);
  const ageOf = (oldest: Date | undefined): number =>
    oldest ? (clock.now().getTime() - oldest.getTime()) / 1000 : 0;
  metrics.queueDepth.set({ queue: 'inbox', state: 'waiting' }, incoming.waiting);
  metrics.queueDepth.set({ queue: 'inbox', state: 'dead' }, incoming.dead);
  metrics.queueDepth.set({ queue: 'outbox', state: 'waiting' }, outgoing.waiting);
  metrics.queueDepth.set({ queue: 'outbox', state: 'checking' }, outgoing.checking);
  metrics.queueDepth.set({ queue: 'outbox', state: 'trouble' }, outgoing.trouble);
  metrics.queueOldestSeconds.set({ queue: 'inbox' }, ageOf(incoming.oldestWaitingAt));
  metrics.queueOldestSeconds.set({ queue: 'outbox' }, ageOf(outgoing.oldestWaitingAt));
  if (token.accessTokenAgeMs !== undefined) metrics.tokenAgeSeconds.set(token.accessTokenAgeMs / 1000);
  if (token.expiresInMs !== undefined) metrics.tokenExpiresInSeconds.set(token.expiresInMs / 1000);
}
