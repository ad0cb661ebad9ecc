import express, { type Request, type Router } from 'express';
import type { CallLog } from '../call-log.ts';
import type { FaultsPatch } from '../faults.ts';
import type { MediaStore } from '../media-store.ts';
import type { OaSending } from '../oa-sending.ts';
import type { ResidentActions } from '../resident-actions.ts';
import { toMessageView, toResidentView, type Resident } from '../residents.ts';
import { testPing } from '../webhook-events.ts';
import type { World } from '../world.ts';
import * as input from './control-input.ts';
import { HttpProblem } from './http-problem.ts';

export interface ControlRouterDeps {
  readonly world: World;
  readonly actions: ResidentActions;
  readonly sending: OaSending;
  readonly media: MediaStore;
  readonly calls: CallLog;
  readonly applyFaults: (patch: FaultsPatch) => void;
  readonly advanceClock: (ms: number) => Promise<void>;
}

/** Entries of a list that the chat page asks for at once. */
const LIST_LIMIT = 200;
const MAX_UPLOAD = '8mb';

/** What only a simulator has: people on demand, faults, the clock, and a look inside. */
export function createControlRouter(deps: ControlRouterDeps): Router {
  const router = express.Router();
  router.post('/media', express.raw({ type: () => true, limit: MAX_UPLOAD }), async (req, res) => {
    if (!Buffer.isBuffer(req.body)) throw new HttpProblem(400, 'The file is empty');
    const url = await deps.media.save(req.body, req.get('content-type') ?? '');
    res.status(201).json({ url });
  });
  router.use(express.json());
  router.use('/residents', createResidentsRouter(deps));
  addWatching(router, deps);
  addSwitches(router, deps);
  return router;
}

function createResidentsRouter({ world, actions, sending }: ControlRouterDeps): Router {
  const router = express.Router();
  const residentOf = (req: Request): Resident => {
    const resident = world.residents.find(String(req.params['userId']));
    if (!resident) throw new HttpProblem(404, 'There is no such resident');
    return resident;
  };

  router.get('/', (_req, res) => {
    res.json(world.residents.list().map(toResidentView));
  });
  router.post('/', (req, res) => {
    const { displayName, follows } = input.newResident.parse(req.body);
    res.status(201).json({ userId: actions.add(displayName, follows).userId });
  });
  router.get('/:userId/messages', (req, res) => {
    res.json(residentOf(req).messages.map(toMessageView));
  });
  router.post('/:userId/messages', (req, res) => {
    const { msgId } = actions.say(residentOf(req), input.content.parse(req.body));
    res.status(201).json({ msgId });
  });
  router.post('/:userId/tap', (req, res) => {
    const result = actions.tap(residentOf(req), input.tap.parse(req.body).title);
    if (!result) throw new HttpProblem(404, 'No message has a button with this title');
    res.json(result);
  });
  router.post('/:userId/admin-reply', (req, res) => {
    const { msgId } = sending.adminReply(residentOf(req), input.adminReply.parse(req.body).text);
    res.status(201).json({ msgId });
  });
  router.post('/:userId/block', (req, res) => {
    actions.block(residentOf(req), input.block.parse(req.body).kind);
    res.status(204).end();
  });
  const simple = {
    follow: actions.follow,
    unfollow: actions.unfollow,
    'chat-now': actions.chatNow,
    seen: actions.see,
    withdraw: actions.withdraw,
  };
  for (const [path, act] of Object.entries(simple)) {
    router.post(`/:userId/${path}`, (req, res) => {
      act(residentOf(req));
      res.status(204).end();
    });
  }
  return router;
}

function addWatching(router: Router, { world, calls }: ControlRouterDeps): void {
  const { oa, clock, tokens, quota, faults, webhooks } = world;

  router.get('/state', (_req, res) => {
    const { issuedAtMs, expiresAtMs } = tokens.current();
    const nowMs = clock.nowMs();
    res.json({
      generation: oa.generation,
      oaId: oa.oaId,
      oaName: oa.oaName,
      now: clock.iso(),
      clockOffsetMs: clock.offsetMs(),
      webhook: webhooks.state(),
      tokens: {
        issuedAt: new Date(issuedAtMs).toISOString(),
        expiresAt: new Date(expiresAtMs).toISOString(),
        expired: nowMs >= expiresAtMs,
        refreshes: tokens.save().refreshes,
      },
      packageQuota: { total: quota.total, remain: quota.remain(nowMs) },
      calls: calls.total(),
      faults: faults.current(),
    });
  });
  router.get('/calls', (req, res) => {
    res.json(newer(calls.list(), req));
  });
  router.get('/webhooks', (_req, res) => {
    // Old deliveries change when they are repeated, so there is no "only what is new" here.
    res.json(webhooks.records().slice(-LIST_LIMIT));
  });
}

function addSwitches(router: Router, { world, applyFaults, advanceClock }: ControlRouterDeps): void {
  const { oa, clock, faults, webhooks } = world;

  router.post('/faults', (req, res) => {
    applyFaults(input.faults.parse(req.body));
    res.json(faults.current());
  });
  router.post('/clock', async (req, res) => {
    await advanceClock(input.clockMove.parse(req.body).advanceMs);
    res.json({ now: clock.iso() });
  });
  router.post('/webhook', (req, res) => {
    const { url, subscribed } = input.webhook.parse(req.body);
    if (url !== undefined) webhooks.setUrl(url ?? undefined);
    if (subscribed !== undefined) webhooks.setSubscribed(subscribed);
    world.changed();
    res.json(webhooks.state());
  });
  router.post('/webhook/test', (_req, res) => {
    webhooks.send(testPing(oa, clock.nowMs()));
    res.status(204).end();
  });
}

/** `?after=SEQ`: what came later than that, at most the newest 200. */
function newer<T extends { readonly seq: number }>(entries: readonly T[], req: Request): readonly T[] {
  const after = Number(req.query['after'] ?? 0);
  return entries.filter((entry) => entry.seq > after).slice(-LIST_LIMIT);
}
