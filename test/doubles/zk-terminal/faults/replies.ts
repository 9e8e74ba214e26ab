import type { Answer, Request, Step } from "../commands/request.ts";
import { Command } from "../wire/codes.ts";
import type { Packet } from "../wire/packet.ts";

const FALSE_OFFSET = 1_000;

/** Answers that come twice, late from an earlier request, or with a reply id that nobody asked with (`zk-pull.md` §8.3). */
export class ReplyFaults {
  #last: Packet | null = null;

  apply(request: Request, answer: Answer): Answer {
    const before = this.#last;
    this.#last = lastPacket(answer) ?? before;
    switch (request.machine.modes.replies) {
      case "plain":
        return answer;
      case "duplicate":
        return answer.length === 0 || this.#last === null ? answer : [...answer, { send: this.#last }];
      case "stale":
        return answer.length === 0 || before === null ? answer : [{ send: before }, ...answer];
      case "wrong-id":
        // The connection itself is set up properly: what is tested is that its reads do not believe such replies.
        return isHandshake(request.packet.command) ? answer : answer.map(falsify);
    }
  }
}

function isHandshake(command: number): boolean {
  return command === Command.connect || command === Command.auth;
}

function lastPacket(answer: Answer): Packet | null {
  const step = answer.findLast((candidate) => "send" in candidate);
  return step !== undefined && "send" in step ? step.send : null;
}

function falsify(step: Step): Step {
  if ("send" in step) return { ...step, send: falseId(step.send) };
  if ("hold" in step) return { ...step, hold: falseId(step.hold) };
  return step;
}

function falseId(packet: Packet): Packet {
  return { ...packet, reply: (packet.reply + FALSE_OFFSET) & 0xffff };
}
