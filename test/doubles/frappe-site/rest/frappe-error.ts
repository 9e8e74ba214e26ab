/** One entry of `_server_messages`. */
export interface ServerMessage {
  readonly message: string;
  readonly title: string;
  /** Raised (with indicator and id) or only shown (message and title). */
  readonly raised: boolean;
  /** A short green note of success instead of an error. */
  readonly alert?: true;
}

export interface ErrorSpec {
  readonly status: number;
  readonly type: string;
  /** Python class path before the type in `exception`; the framework's own unless told. */
  readonly module?: string;
  /** Text after the class in `exception`; none for an error without a message. */
  readonly text?: string;
  readonly messages?: readonly ServerMessage[];
  /** App that raised, when it was not the framework. */
  readonly source?: "hrms" | "erpnext";
  readonly errorMessage?: string;
  /** Bodies of 404 and CSRF errors never carry `exception` and `exc`. */
  readonly withoutTraceback?: boolean;
  /** Extra keys before all others, e.g. `message` of a failed login. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** An error as the original raises it; the answer's body is made from it (`frappe-hr.md` §10). */
export class FrappeError extends Error {
  readonly spec: ErrorSpec;

  constructor(spec: ErrorSpec) {
    super(spec.text ?? spec.type);
    this.name = spec.type;
    this.spec = spec;
  }
}

/** A business error with one raised message, HTTP 417 unless told. */
export function refuse(text: string, options: Partial<ErrorSpec> & { readonly title?: string } = {}): FrappeError {
  const { title = "Message", ...spec } = options;
  return new FrappeError({
    status: 417,
    type: "ValidationError",
    text,
    messages: [{ message: text, title, raised: true }],
    ...spec,
  });
}

/** An error out of the server's own code: HTTP 500, no message for the user. */
export function crash(type: string, text: string, module = ""): FrappeError {
  return new FrappeError({ status: 500, type, module, text });
}

export function databaseError(text: string, type = "OperationalError"): FrappeError {
  return crash(type, text, "pymysql.err.");
}

export function notFound(text?: string, title = "Message"): FrappeError {
  return new FrappeError({
    status: 404,
    type: "DoesNotExistError",
    withoutTraceback: true,
    ...(text === undefined ? {} : { text, messages: [{ message: text, title, raised: true }] }),
  });
}
