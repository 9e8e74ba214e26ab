/** An upload of command 1500 that DATA packets fill. */
export interface Upload {
  readonly size: number;
  readonly parts: Buffer[];
}

/** What the terminal remembers of one connection. */
export class Client {
  /** Counted from 1. */
  readonly connection: number;
  readonly transport: "tcp" | "udp";
  session: number | null = null;
  authorised = false;
  eventMask = 0;
  /** Data set of the last 1503, until 1502. */
  buffer: Buffer | null = null;
  upload: Upload | null = null;
  /** Answers with data since the last 1503 or legacy read. */
  dataAnswers = 0;
  lastReply: number | null = null;
  /** The terminal has restarted since: it no longer knows this connection. */
  forgotten = false;

  constructor(connection: number, transport: "tcp" | "udp") {
    this.connection = connection;
    this.transport = transport;
  }

  end(): void {
    this.session = null;
    this.authorised = false;
    this.eventMask = 0;
    this.buffer = null;
    this.upload = null;
  }
}
