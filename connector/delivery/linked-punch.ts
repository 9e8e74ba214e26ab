import type { Tx } from "../store/store.ts";

/** A linked, dated punch that is in no event, with everything that decides what becomes of it. */
export interface LinkedPunch {
  readonly id: number;
  readonly at: string | null;
  readonly zone: string;
  readonly state: number;
  readonly count: number;
  readonly terminal: string;
  readonly delivery: string;
  readonly reason: string | null;
  readonly person_id: string | null;
  /** Of the person; all null for somebody nobody knows. */
  readonly hr_site: string | null;
  readonly synced_at: string | null;
  readonly status: string | null;
  readonly joined: string | null;
  readonly left_on: string | null;
  /** Of the terminal; null for one that is not registered. */
  readonly direction: string | null;
  readonly machine: number | null;
}

/** Those of the punches that are in one of the states, in order of time. */
export async function readLinked(
  tx: Tx,
  punchIds: readonly number[],
  states: readonly string[],
): Promise<readonly LinkedPunch[]> {
  return await tx
    .selectFrom("deliveries as d")
    .innerJoin("punches as p", "p.id", "d.punch_id")
    .leftJoin("people as w", "w.person_id", "d.person_id")
    .leftJoin("terminals as t", "t.name", "p.terminal")
    .select(["p.id", "p.at", "p.zone", "p.state", "p.count", "p.terminal", "d.state as delivery", "d.reason"])
    .select(["d.person_id", "w.hr_site", "w.synced_at", "w.status", "w.joined", "w.left_on"])
    .select(["t.direction", "t.machine"])
    .where("d.punch_id", "in", [...punchIds])
    .where("d.state", "in", [...states])
    .where("d.event_id", "is", null)
    .where("d.person_id", "is not", null)
    .where("p.at", "is not", null)
    .orderBy("p.at")
    .orderBy("p.id")
    .execute();
}
