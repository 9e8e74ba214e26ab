import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ZkTerminal } from "../doubles/zk-terminal/index.ts";
import { type ExtensionBrowser, openExtensionBrowser } from "../support/browsers/extension-browser.ts";
import { type ConnectorProcess, startConnectorProcess } from "../support/built-connector.ts";
import { Operator } from "../support/operator.ts";

import { FrappeAdmin } from "./frappe-admin.ts";

const PEOPLE = 3;
/** No real badge looks like this, so nobody else's punches are touched. */
const badgeOf = (tag: string, at: number): string => `9${tag}${at}`;

export interface LivePerson {
  readonly personId: string;
  readonly badge: string;
}

/** Everything of a live run, made for it alone and taken away at its end, whatever happened. */
export class LiveWorld {
  readonly #undo: (() => Promise<unknown>)[] = [];

  /** Undoes what was made, the last first; a step that fails is told and does not keep the others. */
  async close(): Promise<string[]> {
    const left: string[] = [];
    for (const undo of this.#undo.reverse()) {
      await undo().catch((error: unknown) => left.push(error instanceof Error ? error.message : String(error)));
    }
    return left;
  }

  async apiUser(admin: FrappeAdmin): ReturnType<FrappeAdmin["createApiUser"]> {
    const user = await admin.createApiUser();
    this.#undo.push(() => admin.delete("User", user.name));
    return user;
  }

  /** Employees of the run, with their check-ins deleted before them at the end. */
  async people(admin: FrappeAdmin): Promise<LivePerson[]> {
    const [company] = await admin.list("Company", ["name"], []);
    const tag = String(Date.now()).slice(-6);
    const people: LivePerson[] = [];
    for (let at = 1; at <= PEOPLE; at++) {
      const badge = badgeOf(tag, at);
      const personId = await admin.create("Employee", {
        first_name: "Tandem thử nghiệm",
        last_name: `Số ${at}`,
        company: company?.["name"],
        gender: "Female",
        date_of_birth: "1990-01-01",
        date_of_joining: "2020-01-01",
        attendance_device_id: badge,
      });
      people.push({ personId, badge });
      this.#undo.push(() => admin.delete("Employee", personId));
      this.#undo.push(async () => {
        for (const { name } of await admin.list("Employee Checkin", ["name"], [["employee", "=", personId]])) {
          await admin.delete("Employee Checkin", String(name));
        }
      });
    }
    return people;
  }

  async terminal(options: Parameters<typeof ZkTerminal.start>[0]): Promise<ZkTerminal> {
    const terminal = await ZkTerminal.start(options);
    this.#undo.push(() => terminal.stop());
    return terminal;
  }

  async connector(): Promise<{ connector: ConnectorProcess; operator: Operator; home: string }> {
    const home = await mkdtemp(join(tmpdir(), "tandem-live-"));
    this.#undo.push(() => rm(home, { recursive: true, force: true }));
    const connector = await startConnectorProcess(home);
    this.#undo.push(() => connector.stop());
    return { connector, operator: new Operator(home), home };
  }

  async browser(host: string): Promise<ExtensionBrowser> {
    const browser = await openExtensionBrowser("chromium", { host });
    this.#undo.push(() => browser.close());
    return browser;
  }
}
