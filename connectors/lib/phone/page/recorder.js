/** Types a browser can record, the most widely taken first. */
const TYPES = ['audio/mp4', 'audio/ogg', 'audio/webm'];
const ENDINGS = { 'audio/mp4': 'm4a', 'audio/ogg': 'ogg', 'audio/webm': 'webm' };
/** Longest voice message, in milliseconds: the platforms' own bound. */
export const MAX_MS = 60_000;

/**
 * The type this browser would record for a platform that takes these; `undefined` where neither can.
 * @param {string | undefined} accept as `<input accept>` has it
 */
export function recordable(accept) {
  if (!accept || !('MediaRecorder' in globalThis) || !navigator.mediaDevices) return undefined;
  const taken = accept.split(',').map((type) => type.trim());
  return TYPES.find(
    (type) => taken.some((one) => one === type || one === 'audio/*') && MediaRecorder.isTypeSupported(type),
  );
}

/** A voice message being spoken. */
export class Recording {
  /** @type {Blob[]} */
  #pieces = [];
  #began = performance.now();
  #recorder;
  #stream;

  /** @param {MediaStream} stream @param {string} type */
  constructor(stream, type) {
    this.type = type;
    this.#stream = stream;
    this.#recorder = new MediaRecorder(stream, { mimeType: type });
    this.#recorder.ondataavailable = ({ data }) => void this.#pieces.push(data);
    this.#recorder.start();
  }

  /** Asks for the microphone; throws when the person says no. @param {string} type */
  static async begin(type) {
    return new Recording(await navigator.mediaDevices.getUserMedia({ audio: true }), type);
  }

  get seconds() {
    return (performance.now() - this.#began) / 1000;
  }

  /** @returns {Promise<{ file: File, seconds: number }>} */
  end() {
    const { seconds } = this;
    return new Promise((resolve) => {
      this.#recorder.onstop = () => {
        this.cancel();
        const ending = ENDINGS[/** @type {keyof typeof ENDINGS} */ (this.type)];
        resolve({ file: new File(this.#pieces, `voice.${ending}`, { type: this.type }), seconds });
      };
      this.#recorder.stop();
    });
  }

  /** Lets the microphone go. */
  cancel() {
    if (this.#recorder.state !== 'inactive') this.#recorder.stop();
    for (const track of this.#stream.getTracks()) track.stop();
  }
}
