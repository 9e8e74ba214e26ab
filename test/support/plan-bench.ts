import type { NewIdLink } from "@tandem/contracts/domain/id-link.ts";
import { IdSpaceId, PersonId, TerminalName, UserId } from "@tandem/contracts/domain/ids.ts";
import {
  type AppliedItem,
  CopyRequest,
  MoveRequest,
  RemoveRequest,
  type PlanId,
  type PlanItem,
} from "@tandem/contracts/domain/plan.ts";
import { NewTerminal } from "@tandem/contracts/domain/terminal.ts";

import { type Connector, openConnector } from "../../connector/main.ts";
import { systemClock } from "../../connector/platform/clock.ts";
import type { Services } from "../../connector/services.ts";
import { openData } from "../../connector/store/open-data.ts";
import { ZkTerminal } from "../doubles/zk-terminal/index.ts";
import { generateTemplate } from "../doubles/zk-terminal/samples/templates.ts";

import { makeTempFolder } from "./temp-folder.ts";

type TempFolder = Awaited<ReturnType<typeof makeTempFolder>>;
type Given = Parameters<typeof ZkTerminal.start>[0];

const NAMES = ["Nguyễn Thị Ánh", "Trần Văn Bình", "Lê Thu Hà", "Phạm Quốc Đạt"] as const;

/** A company on the real connector, with terminals that are doubles on real sockets. */
export class PlanBench {
  readonly #home: TempFolder;
  readonly #doubles: ZkTerminal[] = [];
  #connector: Connector;

  private constructor(home: TempFolder, connector: Connector) {
    this.#home = home;
    this.#connector = connector;
  }

  static async open(): Promise<PlanBench> {
    const home = await makeTempFolder();
    return new PlanBench(home, await openConnector(home.path));
  }

  get home(): string {
    return this.#home.path;
  }

  get services(): Services {
    return this.#connector.services;
  }

  async close(): Promise<void> {
    await this.#connector.close();
    await Promise.all(this.#doubles.map((double) => double.stop()));
    await this.#home.remove();
  }

  /** A terminal that Tandem may change; its serial number is its name. */
  async terminal(name: string, given: Given = {}, facts: object = {}): Promise<ZkTerminal> {
    const double = await ZkTerminal.start({ serial: name, ...given });
    this.#doubles.push(double);
    await this.add(name, double, facts);
    return double;
  }

  async add(name: string, { address }: ZkTerminal, facts: object = {}): Promise<void> {
    await this.services.terminals.add(NewTerminal.parse({ name, address, mode: "active", ...facts }), "cli");
  }

  /** A terminal that was stopped, at the same address and with its memory. */
  async restarted({ state, port }: ZkTerminal): Promise<ZkTerminal> {
    const double = await ZkTerminal.start({ state, port });
    this.#doubles.push(double);
    return double;
  }

  /** Lets go of the data folder, so that another process can have it. */
  shut(): Promise<void> {
    return this.#connector.close();
  }

  async reopen(): Promise<void> {
    this.#connector = await openConnector(this.#home.path);
  }

  /** People `HR-EMP-1`…; each is linked to their number and has agreed to the use of fingerprints. */
  async hire(count: number, { consent = true, link = true } = {}): Promise<void> {
    const numbers = Array.from({ length: count }, (_, at) => String(at + 1));
    await this.#people(numbers.map((number) => `HR-EMP-${number},${nameOf(Number(number))},,,active,2020-01-01,`));
    if (link) for (const number of numbers) await this.link(number, `HR-EMP-${number}`);
    if (consent) await this.consent(numbers.map((number) => `HR-EMP-${number}`));
  }

  /** The HR app says that somebody left, with their last working day. */
  dismiss(personId: string, left: string): Promise<void> {
    return this.#people([`${personId},Lan,,,left,2020-01-01,${left}`]);
  }

  rehire(personId: string): Promise<void> {
    return this.#people([`${personId},Lan,,,active,2020-01-01,`]);
  }

  async #people(rows: readonly string[]): Promise<void> {
    const text = `person_id,name,department,branch,status,joined,left\n${rows.join("\n")}\n`;
    await this.services.people.importFile("people.csv", text, "cli");
  }

  async link(userId: string, personId: string, given: Partial<NewIdLink> = {}): Promise<void> {
    const ids = { idSpace: IdSpaceId.parse("main"), userId: UserId.parse(userId), personId: PersonId.parse(personId) };
    await this.services.links.link({ ...ids, scheme: "old", validFrom: null, validTo: null, why: "", ...given }, "cli");
  }

  async unlink(userId: string, personId: string): Promise<void> {
    const ids = { idSpace: IdSpaceId.parse("main"), userId: UserId.parse(userId), personId: PersonId.parse(personId) };
    await this.services.links.unlink({ ...ids, why: "" }, "cli");
  }

  async consent(people: readonly string[]): Promise<void> {
    await this.services.consents.record(
      {
        people: people.map((personId) => PersonId.parse(personId)),
        kind: "finger",
        purpose: "attendance",
        method: "paper",
        text: "2026-01",
        language: "vi",
      },
      "cli",
    );
  }

  async withdraw(people: readonly string[]): Promise<void> {
    const ids = people.map((personId) => PersonId.parse(personId));
    await this.services.consents.withdraw({ people: ids, kind: "finger", purpose: "attendance", why: "" }, "cli");
  }

  /** How many templates the vault holds. */
  async sealed(): Promise<number> {
    const { sealed } = await this.services.vault.status();
    return sealed;
  }

  /** Audit entries of one action, oldest first. */
  async audited(action: string): Promise<readonly { actor: string; subject: string; detail: unknown }[]> {
    await this.shut();
    const data = await openData(this.#home.path, { clock: systemClock });
    const rows = await data.store.db
      .selectFrom("audit")
      .select(["actor", "subject", "detail"])
      .where("action", "=", action)
      .orderBy("seq")
      .execute();
    await data.close();
    await this.reopen();
    return rows.map(({ detail, ...row }) => ({ ...row, detail: JSON.parse(detail) as unknown }));
  }

  async keepCopies(): Promise<void> {
    await this.services.vault.keepCopies({ on: true, confirmed: true }, "cli");
  }

  async switchBiometricsOff(): Promise<void> {
    await this.services.vault.biometrics({ on: false, confirmed: true }, "cli");
  }

  async plan(request: object): Promise<PlanId> {
    return (await this.services.copies.plan(CopyRequest.parse(request), "cli")).plan;
  }

  /** Applies a plan and gives what became of its items. */
  async apply(plan: PlanId): Promise<readonly AppliedItem[]> {
    await this.services.jobs.finished(await this.services.jobs.start({ kind: "plans.apply", plan }, "cli"));
    return (await this.services.plans.outcome(plan)).items;
  }

  /** Makes and applies a plan of moves. */
  async move(
    request: object,
  ): Promise<{ plan: PlanId; preview: readonly PlanItem[]; applied: readonly AppliedItem[] }> {
    const { plan, items } = await this.services.moves.plan(MoveRequest.parse(request), "cli");
    return { plan, preview: items, applied: await this.apply(plan) };
  }

  /** Makes and applies a plan of removals. */
  async remove(request: object): Promise<{ preview: readonly PlanItem[]; applied: readonly AppliedItem[] }> {
    const { plan, items } = await this.services.leavers.plan(RemoveRequest.parse(request), "cli");
    return { preview: items, applied: await this.apply(plan) };
  }

  /** Makes and applies a copy plan. */
  async copy(request: object): Promise<{
    plan: PlanId;
    preview: readonly PlanItem[];
    applied: readonly AppliedItem[];
  }> {
    const { plan, items } = await this.services.copies.plan(CopyRequest.parse(request), "cli");
    return { plan, preview: items, applied: await this.apply(plan) };
  }
}

/** Users `1`…`count` with one finger each, as a double is filled with them. */
export function staff(count: number, first = 1): Required<Pick<NonNullable<Given>, "users" | "templates">> {
  const numbers = Array.from({ length: count }, (_, at) => first + at);
  return {
    users: numbers.map((number) => ({ uid: number, userId: String(number), name: nameOf(number) })),
    templates: numbers.map((number) => ({ uid: number, finger: 1, flag: 1, bytes: generateTemplate(number) })),
  };
}

/** Everything that matters of who is on a double: row and fingers, without the slot number. */
export function holdings(double: ZkTerminal): Record<string, unknown> {
  return Object.fromEntries(
    double.state.users.all().map(({ uid, userId, name, card, privilege, group }) => [
      userId,
      {
        ...{ name: name.toString().normalize("NFC").replace(/\0.*$/s, ""), card, privilege, group },
        fingers: double.state.templates.of(uid).map(({ finger, flag, bytes }) => ({ finger, flag, bytes })),
      },
    ]),
  );
}

/** `user ID: action, reason`, in order. */
export function summary(items: readonly PlanItem[]): readonly string[] {
  return items.map(
    ({ userId, terminal, action, reason }) =>
      `${userId ?? "–"} ${terminal}: ${action}${reason === null ? "" : ` ${reason}`}`,
  );
}

/** `user ID: result, code`, in order. */
export function results(items: readonly AppliedItem[]): readonly string[] {
  return items.map(
    ({ userId, terminal, result, code }) =>
      `${userId ?? "–"} ${terminal}: ${result ?? "unfinished"}${code === null ? "" : ` ${code}`}`,
  );
}

export const named = (name: string): TerminalName => TerminalName.parse(name);

function nameOf(number: number): string {
  return NAMES[number % NAMES.length] ?? "";
}
