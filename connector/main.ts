import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { lookup } from "node:dns/promises";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { Zone } from "@tandem/contracts/domain/time.ts";

import { startAdminServer } from "./admin/admin-server.ts";
import { connectorHandlers } from "./admin/handlers/connector.ts";
import { consentHandlers } from "./admin/handlers/consent.ts";
import { fleetHandlers } from "./admin/handlers/fleet.ts";
import { hrHandlers } from "./admin/handlers/hr.ts";
import { peopleHandlers } from "./admin/handlers/people.ts";
import { planHandlers } from "./admin/handlers/plans.ts";
import { punchHandlers } from "./admin/handlers/punches.ts";
import { templateFileHandlers } from "./admin/handlers/template-files.ts";
import { terminalHandlers } from "./admin/handlers/terminals.ts";
import { vaultHandlers } from "./admin/handlers/vault.ts";
import type { AdminHandlers } from "./admin/handlers.ts";
import { adminSocketPath } from "./admin/socket-path.ts";
import { extensionFolder } from "./cli/extension-folder.ts";
import { deliverJob, syncPeopleJob } from "./delivery/delivery-jobs.ts";
import { createDelivery } from "./delivery/delivery.ts";
import type { DoctorDeps } from "./doctor/diagnose.ts";
import { FrappeHost } from "./hr/frappe/frappe-host.ts";
import { HrSites } from "./hr/hr-sites.ts";
import { StoredJobs } from "./jobs/stored-jobs.ts";
import { PunchLedger } from "./ledger/punch-ledger.ts";
import { Consents } from "./people/consents.ts";
import { IdLinks } from "./people/id-links.ts";
import { People } from "./people/people.ts";
import { systemClock } from "./platform/clock.ts";
import { openFileLog } from "./platform/file-log.ts";
import { type FileRights, posixRights } from "./platform/file-rights.ts";
import { windowsRights } from "./platform/windows-rights.ts";
import { type ApiServer, startApiServer } from "./server/api-server.ts";
import { Clients } from "./server/clients.ts";
import type { Pairing } from "./server/pairing.ts";
import { routeHandlers } from "./server/routes/all.ts";
import type { Services } from "./services.ts";
import { openData } from "./store/open-data.ts";
import { restoreKey } from "./store/restore-key.ts";
import { Copies } from "./terminals/copy/copies.ts";
import { keepCopies } from "./terminals/copy/keep-copies.ts";
import { anySource } from "./terminals/copy/source.ts";
import { terminalSource } from "./terminals/copy/terminal-source.ts";
import { vaultSource } from "./terminals/copy/vault-source.ts";
import { DisableJournal } from "./terminals/disable-journal.ts";
import { TerminalDrivers } from "./terminals/drivers.ts";
import { PunchImport } from "./terminals/files/punch-import.ts";
import { TemplateImport } from "./terminals/files/template-import.ts";
import { FleetHealth } from "./terminals/fleet/fleet-health.ts";
import { Fleet } from "./terminals/fleet/fleet.ts";
import { StandingWork } from "./terminals/fleet/standing-work.ts";
import { tcpProbe } from "./terminals/fleet/tcp-probe.ts";
import { Leavers } from "./terminals/leavers/leavers.ts";
import { TerminalLocks } from "./terminals/locks.ts";
import { MoveJournal } from "./terminals/move/move-journal.ts";
import { MoveRecovery } from "./terminals/move/move-recovery.ts";
import { Moves } from "./terminals/move/moves.ts";
import { applyJob, makeCopyJob, makeMoveJob, makeRemovalJob } from "./terminals/plans/apply-job.ts";
import { PlanBook } from "./terminals/plans/plan-book.ts";
import { WhoIsWho } from "./terminals/plans/who-is-who.ts";
import { pullJob } from "./terminals/pull-job.ts";
import { Terminals } from "./terminals/service.ts";
import { zkPullDriver } from "./terminals/zk-pull/driver.ts";
import { schedulePurges } from "./vault/purge-schedule.ts";
import { SealedTemplates } from "./vault/sealed-templates.ts";
import { TemplateEraser } from "./vault/template-eraser.ts";
import { VaultDesk } from "./vault/vault-desk.ts";
import { VERSION } from "./version.ts";

/** First market Vietnam (design §0): what a terminal gets when neither operator nor settings name a zone. */
const FIRST_MARKET_ZONE = Zone.parse("Asia/Ho_Chi_Minh");

/** A terminal on the same LAN accepts within milliseconds; one on a busy VPN within half a second. */
const PROBE_MS = 1_000;

/** The services of a data folder, without servers. */
export interface Connector {
  readonly folder: string;
  readonly services: Services;
  readonly adminHandlers: AdminHandlers;
  close(): Promise<void>;
}

/** A running connector. */
export interface RunningConnector {
  readonly folder: string;
  readonly port: number;
  readonly pairing: Pairing;
  stop(): Promise<void>;
}

interface Opened extends Connector {
  readonly deps: Omit<Parameters<typeof startApiServer>[0], "handlers" | "version">;
  /** Begins with the servers: a single command does only what it was asked for. */
  readonly standing: StandingWork;
  /** Set while an API server runs, so that the admin channel can speak of it. */
  api: ApiServer | null;
}

/** Opens a data folder's services, for one command. Errors: `store.*`. */
export function openConnector(home: string): Promise<Connector> {
  return open(home);
}

/** Puts back a lost key file, with which no data folder opens. Errors: `vault.recovery-*`, `store.*`. */
export function restoreMasterKeyIn(home: string, text: string): Promise<void> {
  return restoreKey(home, text, { clock: systemClock, rights: rightsOfThisSystem() });
}

/**
 * Opens the services, the API on 127.0.0.1 and the admin channel, and takes up the jobs that a killed process left.
 * Errors: `store.*`, `cli.port-in-use`.
 */
export async function startConnector(home: string, port?: number, clock = systemClock): Promise<RunningConnector> {
  const opened = await open(home, clock);
  const { services, deps, folder } = opened;
  // What has been opened is closed in reverse, at the end as well as when the start fails half-way.
  const closers = [() => opened.close()];
  const stop = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    const handlers = routeHandlers(services, () => opened.api?.port ?? 0, deps.clock);
    const api = await startApiServer({ ...deps, handlers, version: VERSION }, port);
    closers.push(() => api.stop());
    opened.api = api;
    const path = adminSocketPath(folder, process.platform, tmpdir(), process.getuid?.() ?? 0);
    const admin = await startAdminServer({ path, handlers: opened.adminHandlers, log: deps.log });
    closers.push(() => admin.stop());
    const failed = (error: unknown): void => deps.log.error({ err: error }, "sealed templates could not be purged");
    closers.push(schedulePurges({ clock: deps.clock, templates: services.templates, failed }));
    closers.push(() => opened.standing.stop());
    await opened.standing.start();
    await services.jobs.resume();
    return { folder, port: api.port, pairing: api.pairing, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function open(home: string, clock = systemClock): Promise<Opened> {
  const rights = rightsOfThisSystem();
  const data = await openData(home, { clock, rights });
  const { store, secrets, audit, folder, settings } = data;
  try {
    const { log, close: closeLog } = await openFileLog(folder.folder);
    const clients = new Clients({ store, audit, settings, clock });
    const ledger = new PunchLedger(store, clock);
    const people = new People({ store, audit, clock });
    const links = new IdLinks({ store, audit, clock, newId: randomUUID });
    const eraser = new TemplateEraser(audit);
    const consents = new Consents({ store, audit, clock, settings, copies: eraser });
    const keys = data.personKeys;
    const templates = new SealedTemplates({ store, audit, clock, settings, consents, keys });
    const vault = new VaultDesk({ store, audit, settings, eraser });
    const frappe = new FrappeHost({
      clock,
      lookup: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
      localZone: localZone(),
      random: Math.random,
    });
    const hrSites = new HrSites({ store, audit, secrets, settings, clock, hosts: { frappe } });
    const delivery = createDelivery({ store, audit, clock, sites: hrSites });
    const zkPull = zkPullDriver({ clock, dump: dumpInto(folder.folder), journal: new DisableJournal(store) });
    const drivers = new TerminalDrivers([zkPull]);
    const locks = new TerminalLocks();
    const defaultZone = (): Zone => settings.zone ?? FIRST_MARKET_ZONE;
    const plans = new PlanBook({ store, audit, clock });
    const journal = new MoveJournal({ store, secrets, clock });
    const recovery = new MoveRecovery({ journal, templates, plans });
    const terminals = new Terminals({
      store,
      audit,
      secrets,
      ledger,
      clock,
      drivers,
      locks,
      unfinished: recovery,
      defaultZone,
    });
    const who = new WhoIsWho({ people, links, consents, clock, store, audit, settings });
    const copies = new Copies({
      ...{ terminals, plans, who },
      loadSource: anySource(terminalSource({ terminals, who }), vaultSource({ store, templates, who })),
      keep: keepCopies({ terminals, templates, settings }),
    });
    const moves = new Moves({ terminals, plans, who, templates, journal, recovery });
    const leavers = new Leavers({ store, terminals, plans, who });
    const probe = tcpProbe(clock, PROBE_MS);
    const deliver = (signal: AbortSignal): Promise<unknown> => delivery.deliver(undefined, signal);
    const standing = new StandingWork({ store, clock, terminals, settings, deliver, log });
    const fleet = new Fleet({ store, audit, secrets, clock, drivers, locks, probe, live: standing.live });
    const health = new FleetHealth({ store, clock, terminals, hrSites });
    const jobs = new StoredJobs({
      store,
      audit,
      clock,
      newId: randomUUID,
      log,
      handlers: {
        "terminals.pull": pullJob({
          terminals,
          deliver: (item) => delivery.deliver((done, total) => item.progress(done, total), item.signal),
        }),
        "plans.make-copy": makeCopyJob(copies),
        "plans.make-move": makeMoveJob(moves),
        "plans.make-removal": makeRemovalJob(leavers),
        "plans.apply": applyJob({ plans, copies, moves, leavers }),
        "hr.deliver": deliverJob(delivery, hrSites),
        "people.sync": syncPeopleJob(people, hrSites),
      },
    });
    const punchImport = new PunchImport({ store, audit, clock, ledger, locks, defaultZone });
    const templateImport = new TemplateImport({
      store,
      audit,
      clock,
      links,
      consents,
      templates,
      settings,
      defaultZone,
    });
    const services: Services = {
      terminals,
      fleet,
      health,
      ledger,
      punchImport,
      templateImport,
      people,
      links,
      consents,
      who,
      plans,
      copies,
      moves,
      leavers,
      templates,
      vault,
      hrSites,
      delivery,
      jobs,
      audit,
      clients,
    };
    const doctor: DoctorDeps = {
      paths: folder,
      rights,
      clock,
      store,
      audit,
      settings,
      hrSites,
      health,
      ports: () => ({ running: opened.api?.port ?? null, saved: settings.port }),
      extension: () => {
        const built = join(extensionFolder(), "chrome-mv3-prod");
        return { folder: built, isBuilt: existsSync(built) };
      },
    };
    const opened: Opened = {
      folder: folder.folder,
      services,
      standing,
      deps: { clock, store, secrets, audit, settings, clients, log },
      api: null,
      adminHandlers: {
        ...terminalHandlers(services),
        ...fleetHandlers(services),
        ...peopleHandlers(services),
        ...punchHandlers(services),
        ...templateFileHandlers(services),
        ...consentHandlers(services),
        ...planHandlers(services),
        ...vaultHandlers({ services, createRecoveryKey: () => data.createRecoveryKey() }),
        ...hrHandlers(services),
        ...connectorHandlers({ services, doctor, server: () => opened.api }),
      },
      async close() {
        await jobs.stop();
        await fleet.stop();
        await terminals.stop();
        await data.close();
        closeLog();
      },
    };
    return opened;
  } catch (error) {
    await data.close();
    throw error;
  }
}

function rightsOfThisSystem(): FileRights {
  return process.platform === "win32" ? windowsRights(promisify(execFile), userInfo().username) : posixRights;
}

/** This PC's zone. A setting that is no zone (an offset, a misspelled TZ) must not keep the connector from starting. */
function localZone(): Zone {
  return Zone.safeParse(Intl.DateTimeFormat().resolvedOptions().timeZone).data ?? FIRST_MARKET_ZONE;
}

/** Where bytes that no known layout fits are kept for support. */
function dumpInto(folder: string): (name: string, bytes: Uint8Array) => Promise<string> {
  return async (name, bytes) => {
    const dumps = join(folder, "dumps");
    await mkdir(dumps, { recursive: true, mode: 0o700 });
    const file = join(dumps, name);
    await writeFile(file, bytes, { mode: 0o600 });
    return file;
  };
}
