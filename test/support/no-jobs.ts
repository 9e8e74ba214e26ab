const nothing = { concurrency: 1, plan: () => Promise.resolve([]), run: () => Promise.resolve({}) };

/** Handlers of the kinds that a test has nothing to do with. */
export const NO_JOBS = {
  "terminals.pull": { ...nothing, kind: "terminals.pull" },
  "plans.make-copy": { ...nothing, kind: "plans.make-copy" },
  "plans.make-move": { ...nothing, kind: "plans.make-move" },
  "plans.make-removal": { ...nothing, kind: "plans.make-removal" },
  "plans.apply": { ...nothing, kind: "plans.apply" },
  "hr.deliver": { ...nothing, kind: "hr.deliver" },
  "people.sync": { ...nothing, kind: "people.sync" },
} as const;
