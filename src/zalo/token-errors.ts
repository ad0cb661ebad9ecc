import { AppError, ConfigError } from '../kernel/errors.ts';
import { findOauthRefusal } from './oauth-codes.ts';
import type { RefusedExchange } from './oauth-client.ts';

/** Why no fresh token could be had; `retryable` unless a person has to act. */
export function refreshFailed({ kind, code }: RefusedExchange): AppError {
  if (kind === 'not_reached') {
    return new AppError('The Zalo token endpoint cannot be reached: check the network and ZALO_OAUTH_URL.', {
      code: 'zalo.token.not_reached',
      retryable: true,
      fields: { oauthCode: code },
    });
  }
  const { meaning, cure } = findOauthRefusal(code);
  return new AppError(`The Zalo token could not be refreshed: ${meaning}. ${cure}`, {
    code: 'zalo.token.refresh_failed',
    retryable: kind === 'unknown',
    fields: { oauthCode: code },
  });
}

/** Another process holds the refresh for longer than we wait. */
export function refreshPending(): AppError {
  return new AppError('Another process is refreshing the Zalo token and has not finished.', {
    code: 'zalo.token.refresh_pending',
    retryable: true,
  });
}

export function noTokens(): ConfigError {
  return new ConfigError(
    'There is no Zalo token yet: set ZALO_ACCESS_TOKEN and ZALO_REFRESH_TOKEN for the first start, ' +
      'or let an OA administrator grant the app at /zalo/oauth/start.',
    { code: 'zalo.token.missing' },
  );
}
