import { DeliveryWorld } from "../delivery-world.ts";

/** Delivers what waits in the data folder given as argument, as a process of its own that a test may kill. */
const [home] = process.argv.slice(2);
if (home === undefined) throw new Error("usage: deliver-once.ts HOME");
const world = await DeliveryWorld.open(home);
const result = await world.deliver();
await world.close();
console.log(JSON.stringify(result));
