import { Misconfigured, Refused, Retry, Uncertain } from '../errors.ts';
import { TooLate } from './within.ts';

/** What a failure of the page means before anything was sent: mostly nothing lost, try again. */
export function beforeSending(error: unknown): Error {
  if (isNamed(error)) return error;
  const text = words(error);
  if (isOfOurs(text)) return outdated(text);
  return new Retry(text);
}

/** And while our message was on its way: only what the page refused in so many words is surely not sent. */
export function whileSending(error: unknown): Error {
  if (isNamed(error)) return error;
  const text = words(error);
  if (error instanceof TooLate || isBroken(text)) return new Uncertain(`It is not known whether it was sent: ${text}`);
  if (/No LID for user/i.test(text)) return new Refused('unreachable', 'WhatsApp does not know this number yet.');
  if (/quoted message/i.test(text))
    return new Refused('quote_gone', 'The message this one answers is no longer there.');
  if (/media-fault|upload failed|processing failed/i.test(text)) return new Refused('file_refused', text);
  if (isOfOurs(text)) return outdated(text);
  return new Refused('rejected', text);
}

const isNamed = (error: unknown): error is Error =>
  error instanceof Retry || error instanceof Refused || error instanceof Misconfigured || error instanceof Uncertain;

/** The browser or its page went away under the question. */
const isBroken = (text: string) =>
  /Target closed|Session closed|Connection closed|context was destroyed|detached|crashed|Protocol error|timed out/i.test(
    text,
  );

/** The page has changed, and the library no longer finds its way in it. */
const isOfOurs = (text: string) =>
  /is not a function|is not defined|Cannot read propert|undefined module|Requiring unknown module/i.test(text);

const outdated = (text: string) =>
  new Misconfigured('web_changed', `WhatsApp Web has changed and this connector needs an update: ${text}`);

function words(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0]!.slice(0, 300);
}
