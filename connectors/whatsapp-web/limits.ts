/** Every number of this connector, with where it is from (channels/whatsapp.md, part A). Milliseconds unless it says otherwise. */

/** A4: no QR code and no login this long after the browser was started: start again. */
export const OPEN_MS = 90_000;
/** A4: logged in, but not usable within this: start again. */
export const READY_MS = 120_000;
/** A4: rounds after which the person is told. The tries go on, with longer pauses. */
export const ROUNDS = 3;
export const PAUSE_MS = 5_000;
export const LONG_PAUSE_MS = 600_000;
/** A4: the watchdog asks this often, waits this long, and starts again after as many wrong answers. */
export const WATCH_MS = 60_000;
export const WATCH_PATIENCE_MS = 10_000;
export const WATCH_STRIKES = 3;
/** Nobody scanned: a browser is not kept running for a code that nobody looks at. */
export const SCAN_MS = 600_000;
/** The library's own wait for the page; ours ends first. */
export const PAGE_MS = 90_000;
/** How long a browser may take to close before it is killed. */
export const CLOSE_MS = 10_000;

/** A5, "be gentle": between two messages of one number, between these. */
export const GENTLE_MS = [1_500, 4_000] as const;
/** Until WhatsApp has our message; it stays in the browser and may go out later. A file takes longer to upload. */
export const SEND_MS = 20_000;
export const SEND_FILE_MS = 120_000;
/** What is on its way when the hub stops may land for so long. */
export const LAND_MS = 5_000;
/** Any small question to the page. */
export const ASK_MS = 15_000;
/** A message of ours is known to the hub by then, so that its receipts find it. */
export const KNOWN_AFTER_MS = 2_000;

/** A5: downloads go through the page as base64: one at a time, at most this large (bytes) and this long. */
export const FILE_BYTES = 100 * 1024 * 1024;
export const DOWNLOAD_MS = 60_000;
/** Asked this often while the phone has to upload the file again; older messages are not asked for at all. */
export const DOWNLOAD_TRIES = 4;
export const DOWNLOAD_WITHIN_MS = 30 * 86_400_000;

/** The login is saved this long after it became usable (WhatsApp has settled by then), and then this often. */
export const SAVE_AFTER_MS = 60_000;
export const SAVE_EVERY_MS = 600_000;
/** What was said while no hub listened is fetched for at most so many chats, and messages in each. */
export const MISSED_CHATS = 50;
export const MISSED_MESSAGES = 50;

/** Longest text; WhatsApp's own end is reported a little above (A5, not checked). */
export const TEXT = 60_000;
/** Our message can be taken back from everybody for about two days (B5). Seconds. */
export const RECALL_SECONDS = 172_800;
/** Ids remembered of each kind. */
export const REMEMBERED = 5_000;
