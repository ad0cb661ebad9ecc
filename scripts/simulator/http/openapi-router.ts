import { createHmac } from 'node:crypto';
import express, { type Request, type Response, type Router } from 'express';
import type { CallLog } from '../call-log.ts';
import type { Lookups } from '../lookups.ts';
import type { OaSending } from '../oa-sending.ts';
import type { RateLimit } from '../rate-limit.ts';
import type { World } from '../world.ts';
import { EMPTY_API, invalid, refusal, type ZaloAnswer } from '../zalo-errors.ts';
import { holdBack, playGatewayFault, playLostAnswer, sendAnswer, type Sent } from './answering.ts';

export interface OpenApiRouterDeps {
  readonly world: World;
  readonly sending: OaSending;
  readonly lookups: Lookups;
  readonly rateLimit: RateLimit;
  readonly calls: CallLog;
}

interface ApiCall {
  /** The parsed JSON body; undefined when it was no JSON. */
  readonly body: unknown;
  /** The `data` parameter as text: v2 ids do not survive `JSON.parse`. */
  readonly data: string;
}

interface Endpoint {
  readonly answer: (call: ApiCall) => ZaloAnswer;
  /** Reaches a resident, so that a lost answer leaves the outcome unknown. */
  readonly delivers?: true;
}

/** `https://openapi.zalo.me`: the OA API with its authorisation, rate limit and gateway failures. */
export function createOpenApiRouter(deps: OpenApiRouterDeps): Router {
  const { world, rateLimit, calls } = deps;
  const { faults } = world;
  const endpoints = endpointsOf(deps);

  const answer = (endpoint: Endpoint | undefined, req: Request, res: Response, call: ApiCall): Sent => {
    if (!endpoint) return sendAnswer(res, EMPTY_API, faults);
    const early = playGatewayFault(res, faults) ?? refuseCaller(req, res);
    if (early) return early;
    const done = endpoint.answer(call);
    const lost = endpoint.delivers && done.error === 0 ? playLostAnswer(req, res, faults) : undefined;
    return lost ?? sendAnswer(res, done, faults);
  };

  const refuseCaller = (req: Request, res: Response): Sent | undefined => {
    const unauthorised = authProblem(world, req);
    if (unauthorised) return sendAnswer(res, unauthorised, faults);
    const { allowed, limit, remain } = rateLimit.count();
    if (limit > 0) {
      res.setHeader('X-RateLimit-Limit', String(limit));
      res.setHeader('X-RateLimit-Remain', String(remain));
    }
    const played = faults.take('rateLimit');
    if (allowed && !played) return undefined;
    return { ...sendAnswer(res, refusal('-32'), faults), ...(played ? { fault: 'rateLimit' } : {}) };
  };

  const router = express.Router();
  router.use(express.raw({ type: () => true, limit: '2mb' }));
  router.use(async (req, res) => {
    const call: ApiCall = { body: parseBody(req.body), data: dataParameter(req) };
    await holdBack(faults);
    const sent = answer(endpoints[`${req.method} ${req.path}`], req, res, call);
    calls.add({
      method: req.method,
      path: req.path,
      ...(call.data === '' ? {} : { query: call.data }),
      body: call.body ?? null,
      error: errorOf(sent.response),
      ...sent,
    });
  });
  return router;
}

function endpointsOf({
  sending,
  lookups,
}: OpenApiRouterDeps): Readonly<Record<string, Endpoint | undefined>> {
  return {
    'POST /v3.0/oa/message/cs': { answer: ({ body }) => sending.send('v3', body), delivers: true },
    'POST /v2.0/oa/message': { answer: ({ body }) => sending.send('v2', body), delivers: true },
    'GET /v2.0/oa/getoa': { answer: () => lookups.oaProfile() },
    'GET /v3.0/oa/user/detail': { answer: ({ data }) => lookups.userDetail(data) },
    'GET /v3.0/oa/user/getlist': { answer: ({ data }) => lookups.userList(data) },
    'GET /v2.0/oa/getprofile': { answer: ({ data }) => lookups.profile(data) },
    'GET /v2.0/oa/getfollowers': { answer: ({ data }) => lookups.followers(data) },
    'GET /v2.0/oa/conversation': { answer: ({ data }) => lookups.conversation(data) },
    'GET /v2.0/oa/listrecentchat': { answer: ({ data }) => lookups.recentChats(data) },
    'POST /v3.0/oa/quota/message': {
      answer: ({ body }) => (body === undefined ? invalid('body') : lookups.quota(body)),
    },
  };
}

/** Only the `access_token` header counts: `Authorization: Bearer` and the query string do not. */
function authProblem({ oa, tokens }: World, req: Request): ZaloAnswer | undefined {
  const token = req.get('access_token') ?? '';
  switch (tokens.check(token)) {
    case 'unknown':
      return refusal('-216');
    case 'expired':
      return refusal('-216', 'Access token has expired');
    case 'replaced':
      return refusal('-220');
    case 'ok':
      return proofProblem(req.get('appsecret_proof'), token, oa.appSecret);
  }
}

/** The proof is optional, but a wrong one is refused. */
function proofProblem(proof: string | undefined, token: string, appSecret: string): ZaloAnswer | undefined {
  if (proof === undefined) return undefined;
  const expected = createHmac('sha256', appSecret).update(token).digest('hex');
  return proof === expected ? undefined : refusal('-242');
}

function parseBody(raw: unknown): unknown {
  if (!Buffer.isBuffer(raw) || raw.byteLength === 0) return undefined;
  try {
    return JSON.parse(raw.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

function dataParameter(req: Request): string {
  const data = req.query['data'];
  return typeof data === 'string' ? data : '';
}

function errorOf(response: unknown): number | null {
  const error = (response as { readonly error?: unknown } | null)?.error;
  return error === undefined ? null : Number(error);
}
