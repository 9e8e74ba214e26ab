import { proxyAnswer, servePage } from "../pages/serve-pages.ts";
import type { Answer } from "../rest/answer.ts";
import { serveApi } from "../rest/serve-api.ts";
import type { RequestNotes } from "../rest/serve-api.ts";
import { serveFile } from "../rest/serve-file.ts";
import type { SiteRequest } from "../rest/site-request.ts";
import type { SiteContext } from "../site-context.ts";

/** Sends a request to the part of the site that answers it. */
export async function routeRequest(request: SiteRequest, site: SiteContext, notes: RequestNotes): Promise<Answer> {
  const proxied = proxyAnswer(request, site);
  if (proxied !== null) return proxied;
  const [first] = request.segments;
  if (first === "api") return serveApi(request, site, notes);
  if (first === "files" || first === "private") return serveFile(request, site);
  return servePage(request, site);
}
