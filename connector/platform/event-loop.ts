/** Lets timers and sockets have their turn between two blocks of synchronous database work. */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
