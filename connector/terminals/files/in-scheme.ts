import type { IdLink, Scheme } from "@tandem/contracts/domain/id-link.ts";
import { LocalDate } from "@tandem/contracts/domain/time.ts";

import { groupBy } from "../../ledger/group-by.ts";
import { covers } from "../../people/validity.ts";

import type { DatedPunch } from "./write-attlog.ts";

/**
 * The punches under the IDs that their people have in one scheme on that day, in the same ID space. One whose person is
 * not known or has no such ID is left out: its own ID may be somebody else's there.
 */
export function inScheme(
  punches: readonly DatedPunch[],
  scheme: Scheme,
  links: readonly IdLink[],
): readonly DatedPunch[] {
  const ofScheme = links.filter((link) => link.scheme === scheme);
  const byPerson = groupBy(ofScheme, ({ personId, idSpace }) => JSON.stringify([personId, idSpace]));
  return punches.flatMap((punch) => {
    const day = LocalDate.parse(punch.at.slice(0, 10));
    const own = (byPerson.get(JSON.stringify([punch.personId, punch.idSpace])) ?? []).filter((link) =>
      covers(link, day),
    );
    const link = own.find(({ userId }) => userId === punch.userId) ?? own[0];
    return link === undefined ? [] : [{ ...punch, userId: link.userId }];
  });
}
