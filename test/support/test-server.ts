/** What jest's set-up hands to its tear-down, through `globalThis`, the only place both can see. */
export interface TestServer {
  readonly dataDir: string;
  stop(): Promise<void>;
}
