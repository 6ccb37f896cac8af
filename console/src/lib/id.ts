import { uuidv7Maker } from '../../../core/id.ts';

/** A UUIDv7 for something this screen makes: the hub takes a repeat for the same thing. */
export const newId = uuidv7Maker(Date.now, (bytes) => crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>));
