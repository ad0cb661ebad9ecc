import type { Changes } from './changes.ts';
import type { SimulatorClock } from './clock.ts';
import type { FaultBoard } from './faults.ts';
import type { Random } from './random.ts';
import type { Residents } from './residents.ts';
import type { PackageQuota } from './sending-window.ts';
import type { Tokens } from './tokens.ts';
import type { Generation } from './types.ts';
import type { WebhookDelivery } from './webhook-delivery.ts';

/** The page and app that this simulator plays Zalo for. */
export interface OaSettings {
  readonly appId: string;
  readonly appSecret: string;
  readonly oaSecretKey: string;
  readonly oaId: string;
  readonly oaName: string;
  readonly generation: Generation;
  readonly echoes: boolean;
  readonly receipts: boolean;
}

/** Everything that the parts of the simulator share. Built once in `simulator.ts`. */
export interface World {
  readonly oa: OaSettings;
  readonly clock: SimulatorClock;
  readonly random: Random;
  readonly residents: Residents;
  readonly tokens: Tokens;
  readonly quota: PackageQuota;
  readonly faults: FaultBoard;
  readonly webhooks: WebhookDelivery;
  readonly changes: Changes;
  /** Something worth keeping changed in this conversation, or in general. */
  changed(userId?: string): void;
}
