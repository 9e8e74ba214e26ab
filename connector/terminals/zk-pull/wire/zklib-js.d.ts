/** The parts of zklib-js 1.3.5 that are used, or overridden because they lose data (`zk-pull.md` §7.1). */

declare module "zklib-js/zklibtcp.js" {
  import type { Socket } from "node:net";

  export default class ZKLibTCP {
    constructor(ip: string, port: number, timeout: number);
    ip: string;
    port: number;
    timeout: number;
    sessionId: number | null;
    replyId: number;
    socket: Socket | null;
    createSocket(cbError?: (error: Error) => void, cbClose?: (kind: string) => void): Promise<Socket>;
    connect(): Promise<boolean>;
    closeSocket(): Promise<boolean>;
    writeMessage(message: Buffer, connect?: boolean): Promise<unknown>;
    requestData(message: Buffer): Promise<unknown>;
    executeCmd(command: number, data: Buffer | string): Promise<Buffer>;
    sendChunkRequest(start: number, size: number): unknown;
    readWithBuffer(request: Buffer, progress?: ((done: number, total: number) => void) | null): Promise<unknown>;
    getSmallAttendanceLogs(): Promise<unknown>;
    getUsers(): Promise<unknown>;
    getAttendances(progress?: (done: number, total: number | null) => void): Promise<unknown>;
    getInfo(): Promise<unknown>;
    getTime(): Promise<unknown>;
    setUser(...row: unknown[]): Promise<unknown>;
    disableDevice(...seconds: unknown[]): Promise<unknown>;
    enableDevice(): Promise<unknown>;
    freeData(): Promise<unknown>;
    clearAttendanceLog(): Promise<unknown>;
    disconnect(): Promise<unknown>;
    getRealTimeLogs(callback: unknown): Promise<unknown>;
    getSerialNumber(): Promise<string>;
    getDeviceName(): Promise<string>;
    getPlatform(): Promise<string>;
    getDeviceVersion(): Promise<string>;
    getFirmware(): Promise<string>;
  }
}

declare module "zklib-js/zklibudp.js" {
  import type { Socket } from "node:dgram";

  export default class ZKLibUDP {
    constructor(ip: string, port: number, timeout: number, inport?: number);
    ip: string;
    port: number;
    timeout: number;
    inport: number | undefined;
    sessionId: number | null;
    replyId: number;
    socket: Socket | null;
    createSocket(cbError?: (error: Error) => void, cbClose?: (kind: string) => void): Promise<Socket>;
    connect(): Promise<boolean>;
    closeSocket(): Promise<boolean>;
    writeMessage(message: Buffer, connect?: boolean): Promise<unknown>;
    requestData(message: Buffer): Promise<unknown>;
    executeCmd(command: number, data: Buffer | string): Promise<Buffer>;
    sendChunkRequest(start: number, size: number): unknown;
    readWithBuffer(request: Buffer, progress?: ((done: number, total: number) => void) | null): Promise<unknown>;
    getUsers(): Promise<unknown>;
    getAttendances(progress?: (done: number, total: number | null) => void): Promise<unknown>;
    getInfo(): Promise<unknown>;
    getTime(): Promise<unknown>;
    disableDevice(...seconds: unknown[]): Promise<unknown>;
    enableDevice(): Promise<unknown>;
    freeData(): Promise<unknown>;
    clearAttendanceLog(): Promise<unknown>;
    disconnect(): Promise<unknown>;
    getRealTimeLogs(callback: unknown): Promise<unknown>;
  }
}

declare module "zklib-js/constants.js" {
  const constants: {
    readonly USHRT_MAX: number;
    readonly MAX_CHUNK: number;
    readonly COMMANDS: Readonly<Record<string, number>>;
    readonly REQUEST_DATA: {
      readonly GET_USERS: Buffer;
      readonly GET_ATTENDANCE_LOGS: Buffer;
      readonly GET_REAL_TIME_EVENT: Buffer;
      readonly DISABLE_DEVICE: Buffer;
    };
  };
  export default constants;
}

declare module "zklib-js/utils.js" {
  const utils: {
    /** Transmits reply id + 1 (`zk-pull.md` §7.1.6). */
    createTCPHeader(command: number, sessionId: number, replyId: number, data: Buffer | string): Buffer;
    createUDPHeader(command: number, sessionId: number, replyId: number, data: Buffer | string): Buffer;
  };
  export default utils;
}
