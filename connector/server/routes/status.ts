import type { Services } from "../../services.ts";
import { readStatus } from "../../status.ts";
import type { RoutesNamed } from "../route-handlers.ts";

export function statusRoutes(services: Services, port: () => number): RoutesNamed<"status.get"> {
  return { "status.get": () => readStatus(services, port()) };
}
