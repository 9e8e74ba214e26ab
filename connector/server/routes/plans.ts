import type { Services } from "../../services.ts";
import type { RoutesNamed } from "../route-handlers.ts";

export function planRoutes({ plans }: Services): RoutesNamed<"plans.list" | "plans.get"> {
  return {
    "plans.list": async () => ({ plans: [...(await plans.list())] }),
    "plans.get": ({ params }) => plans.outcome(params.plan),
  };
}
