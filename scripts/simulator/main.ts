import { createSimulator } from './simulator.ts';

/**
 * The simulator by itself: `npx tsx scripts/simulator/main.ts`. It reads the settings that the application
 * reads, so that one `.env` serves both; whatever is missing gets a made-up value.
 */
const env = process.env;

const simulator = await createSimulator({
  port: Number(env['SIM_PORT'] ?? 3001),
  appId: env['ZALO_APP_ID'] ?? '4021557788990012345',
  appSecret: env['ZALO_APP_SECRET'] ?? 'simulated-app-secret',
  oaSecretKey: env['ZALO_OA_SECRET_KEY'] ?? 'simulated-oa-secret',
  oaId: env['ZALO_OA_ID'] ?? '2871100223344556677',
  oaName: 'UBND xã (giả lập)',
  generation: env['ZALO_OA_GENERATION'] === 'v3' ? 'business' : 'government',
  webhookUrl: env['PUBLIC_URL'] ? `${env['PUBLIC_URL']}/webhook` : undefined,
  tokens: seedTokens(env['ZALO_ACCESS_TOKEN'], env['ZALO_REFRESH_TOKEN']),
  stateFile: env['SIM_STATE_FILE'],
});

console.log(`Zalo simulator: ${simulator.url}`);

const stop = (): void => {
  void simulator.close();
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);

function seedTokens(
  accessToken: string | undefined,
  refreshToken: string | undefined,
): { accessToken: string; refreshToken: string } | undefined {
  return accessToken && refreshToken ? { accessToken, refreshToken } : undefined;
}
