import type { ClientId } from "@tandem/contracts/domain/ids.ts";
import type { RouteId, RouteParsed, RouteReply, ROUTES } from "@tandem/contracts/http.ts";

/** Who makes a verified request. */
export interface Caller {
  readonly clientId: ClientId;
  readonly origin: string;
}

type RoutesOf<Auth> = { [Id in RouteId]: (typeof ROUTES)[Id]["auth"] extends Auth ? Id : never }[RouteId];

/** Routes that need a signed request; two of them the server answers by itself. */
export type SessionRouteId = RoutesOf<"session">;
export type ServiceRouteId = Exclude<SessionRouteId, "openapi.get" | "client.get">;

/** Routes that come before a session. */
export type OpenRouteId = Exclude<RouteId, SessionRouteId>;

export type RouteHandler<Id extends RouteId> = (input: RouteParsed<Id>, caller: Caller) => Promise<RouteReply<Id>>;

/** One handler per route; a missing one does not compile. */
export type RouteHandlers = { readonly [Id in ServiceRouteId]: RouteHandler<Id> };

/** The handlers of one resource. */
export type RoutesNamed<Id extends ServiceRouteId> = Pick<RouteHandlers, Id>;

/** How the audit log and the jobs name a caller. */
export function actorOf({ clientId }: Caller): string {
  return `client:${clientId}`;
}
