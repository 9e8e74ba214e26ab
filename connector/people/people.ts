import type { HrSiteOrigin } from "@tandem/contracts/domain/ids.ts";
import type { Person } from "@tandem/contracts/domain/person.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { Audit } from "../audit/audit.ts";
import type { HrDirectory } from "../hr/directory.ts";
import { type Clock, instantOf } from "../platform/clock.ts";
import type { Row } from "../store/schema.ts";
import type { Store, Tx } from "../store/store.ts";

import { readPeopleFile } from "./people-file.ts";
import { personColumns, says, toPerson } from "./person-row.ts";

/** How many rows changed and how; `read` is how many the source has. */
export interface ImportCounts {
  readonly read: number;
  readonly added: number;
  readonly updated: number;
  readonly same: number;
}

/** `gone` = people whom the site had at the last sync and has no longer. */
export interface SyncCounts extends ImportCounts {
  readonly gone: number;
}

export interface PeopleParts {
  readonly store: Store;
  readonly audit: Audit;
  readonly clock: Clock;
}

/** The employees Tandem knows, from files and from the HR app. Nobody is ever deleted: punches and links name them. */
export class People {
  readonly #store: Store;
  readonly #audit: Audit;
  readonly #clock: Clock;

  constructor({ store, audit, clock }: PeopleParts) {
    this.#store = store;
    this.#audit = audit;
    this.#clock = clock;
  }

  async list(): Promise<readonly Person[]> {
    const rows = await this.#store.db.selectFrom("people").selectAll().orderBy("person_id").execute();
    return rows.map(toPerson);
  }

  /** Takes a people file (design §5.2), all of it or nothing. Throws `import.*`. */
  async importFile(file: string, text: string, actor: string): Promise<ImportCounts> {
    const people = readPeopleFile(text);
    return await this.#store.transaction(async (tx) => {
      const known = await rowsById(tx);
      const counts = new Counter(people.length);
      for (const person of people) {
        const before = known.get(person.personId);
        const columns = personColumns({
          ...person,
          employeeNumber: before?.employee_number ?? null,
          deviceId: before?.device_id ?? null,
        });
        // Whether the HR site has a person is the last sync's word, so a file changes neither site nor sync time.
        counts.add(await write(tx, before, columns, before ?? { hr_site: null, synced_at: this.#now() }));
      }
      await this.#audit.append(tx, {
        actor,
        action: "people.import",
        subject: file,
        outcome: "succeeded",
        detail: { ...counts.result },
      });
      return counts.result;
    });
  }

  /**
   * Takes over the HR site's people. Those it no longer has are kept and set to inactive, so that they can get no more
   * punches; `synced_at` keeps the time they were last seen. Throws `hr.*`; then nothing is changed.
   */
  async sync(origin: HrSiteOrigin, directory: HrDirectory, actor: string): Promise<SyncCounts> {
    const people = await directory.people();
    return await this.#store.transaction(async (tx) => {
      const known = await rowsById(tx);
      const ofSite = [...known.values()].filter((row) => row.hr_site === origin);
      // An API user who lost the right to see anybody must not make everybody a leaver.
      if (people.length === 0 && ofSite.length > 0) throw new TandemError("hr.no-employees");
      const lastSync = latest(ofSite);
      const now = this.#after(lastSync);
      const counts = new Counter(people.length);
      for (const person of people) {
        counts.add(
          await write(tx, known.get(person.personId), personColumns(person), { hr_site: origin, synced_at: now }),
        );
        known.delete(person.personId);
      }
      const gone = ofSite.filter((row) => known.has(row.person_id));
      for (const { person_id } of gone.filter((row) => row.status !== "inactive")) {
        await tx.updateTable("people").set({ status: "inactive" }).where("person_id", "=", person_id).execute();
      }
      const result = { ...counts.result, gone: gone.filter((row) => row.synced_at === lastSync).length };
      await this.#audit.append(tx, {
        actor,
        action: "people.sync",
        subject: origin,
        outcome: "succeeded",
        detail: result,
      });
      return result;
    });
  }

  #now(): string {
    return instantOf(this.#clock.now());
  }

  /** Now, but later than the last sync even if this PC's clock was put back: who is gone is told by these times. */
  #after(lastSync: string | null): string {
    const now = this.#clock.now();
    return instantOf(lastSync === null ? now : Math.max(now, Date.parse(lastSync) + 1));
  }
}

type Change = "added" | "updated" | "same";

class Counter {
  readonly #counts = { added: 0, updated: 0, same: 0 };
  readonly #read: number;

  constructor(read: number) {
    this.#read = read;
  }

  add(change: Change): void {
    this.#counts[change] += 1;
  }

  get result(): ImportCounts {
    return { read: this.#read, ...this.#counts };
  }
}

async function write(
  tx: Tx,
  before: Row<"people"> | undefined,
  columns: Omit<Row<"people">, "hr_site" | "synced_at">,
  from: Pick<Row<"people">, "hr_site" | "synced_at">,
): Promise<Change> {
  const row = { ...columns, hr_site: from.hr_site, synced_at: from.synced_at };
  if (before === undefined) {
    await tx.insertInto("people").values(row).execute();
    return "added";
  }
  if (!says(before, row)) await tx.updateTable("people").set(row).where("person_id", "=", row.person_id).execute();
  return says(before, columns) ? "same" : "updated";
}

async function rowsById(tx: Tx): Promise<Map<string, Row<"people">>> {
  const rows = await tx.selectFrom("people").selectAll().execute();
  return new Map(rows.map((row) => [row.person_id, row]));
}

function latest(rows: readonly Row<"people">[]): string | null {
  return rows.reduce<string | null>(
    (last, { synced_at }) => (last === null || synced_at > last ? synced_at : last),
    null,
  );
}
