import { composeHttp } from './compose-http.ts';
import { composeParts, type AppOptions, type Parts } from './compose-parts.ts';
import { composeWorkers } from './compose-workers.ts';
import { buildIndexes } from './mongo/connection.ts';
import { openDatabase } from './mongo/database.ts';
import { listen, type RunningServer } from './server.ts';

export interface App {
  /** Gives the address of the HTTP side, where this role has one. */
  start(): Promise<{ readonly url?: string }>;
  /** Takes nothing new, lets what is under way end, disconnects. */
  stop(): Promise<void>;
}

/** Builds the application for one role. Throws `ConfigError` or `DatabaseError` with the cure in the message. */
export async function composeApp(options: AppOptions): Promise<App> {
  const { config, clock, log } = options;
  const database = await openDatabase({
    ...config,
    role: 'owner',
    engineEntry: options.engineEntry,
    log,
    clock,
  });
  try {
    const app = assemble(options, composeParts(options, database.connection), () => database.close());
    await buildIndexes(database.connection);
    return app;
  } catch (error) {
    await database.close();
    throw error;
  }
}

function assemble(options: AppOptions, parts: Parts, closeDatabase: () => Promise<void>): App {
  const { config, role, log } = options;
  const workers = role === 'web' ? undefined : composeWorkers(options, parts);
  let server: RunningServer | undefined;
  const port = role === 'worker' ? config.workerPort : config.port;
  return {
    async start() {
      if (port !== undefined)
        server = await listen(
          composeHttp(options, parts, (incoming) => workers?.nudge(incoming)),
          port,
        );
      await workers?.start();
      log.info('app.started', { role, port: server?.port });
      return server ? { url: server.url } : {};
    },
    async stop() {
      await server?.close();
      await workers?.stop();
      await closeDatabase();
      log.info('app.stopped', { role });
    },
  };
}
