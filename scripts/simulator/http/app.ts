import express, { type Express, type Router } from 'express';
import { EMPTY_API } from '../zalo-errors.ts';
import { answerProblem } from './http-problem.ts';

export interface Routers {
  readonly openApi: Router;
  readonly oauth: Router;
  readonly control: Router;
  readonly live: Router;
  readonly page: Router;
}

/** Both of Zalo's hosts, the control API and the chat page on one port. */
export function createApp({ openApi, oauth, control, live, page }: Routers): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use('/control', live, control);
  app.use('/v4/oa', oauth);
  app.use((req, res, next) => {
    if (/^\/v\d/.test(req.path)) openApi(req, res, next);
    else page(req, res, next);
  });
  app.use((_req, res) => {
    res.json(EMPTY_API);
  });
  app.use(answerProblem);
  return app;
}
