/** Errors say what to do next. Thrown by connectors, understood by the hub in one place each. */

/** 401: the request is not from the platform. */
export class BadSignature extends Error {
  override name = 'BadSignature';
}

/** 400: signed, but not what this platform sends. `code` is stable and goes into the problem document. */
export class BadRequest extends Error {
  override name = 'BadRequest';
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Try the same again, not before `afterMs` (the hub's own back-off when absent). */
export class Retry extends Error {
  override name = 'Retry';
  readonly afterMs: number | undefined;
  constructor(message: string, afterMs?: number) {
    super(message);
    this.afterMs = afterMs;
  }
}

/** The platform will not take this message; trying again is useless. `code` is stable, the message is the platform's own words. */
export class Refused extends Error {
  override name = 'Refused';
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * The account needs its admin: wrong token, missing permission, plan or quota. Fails the message and marks the channel,
 * but does not close it: a used-up LINE quota stops pushes, not answers, and a token may be mended at the platform.
 */
export class Misconfigured extends Error {
  override name = 'Misconfigured';
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Sent, but nobody knows whether it arrived, and sending again could double it: a person decides. */
export class Uncertain extends Error {
  override name = 'Uncertain';
}

/** The platform no longer has the file. */
export class Gone extends Error {
  override name = 'Gone';
}
