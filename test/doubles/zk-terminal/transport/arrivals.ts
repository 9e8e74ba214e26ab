import type { Outlet } from "./link.ts";

/** What a transport tells the terminal about one client. */
export interface Peer {
  /** Looks at bytes before they are cut into packets; true when they are dealt with (a terminal that is not one, or is gone). */
  raw(bytes: Buffer): boolean;
  packet(bytes: Buffer): void;
  /** The bytes are not this protocol's. */
  garbage(reason: string): void;
  closed(): void;
}

export interface Arrivals {
  open(transport: "tcp" | "udp", outlet: Outlet): Peer;
}
