/** Desktop notes and a soft sound, only while nobody looks at this page. */
let audio: AudioContext | undefined;

/** Two short tones made here: no file to load. */
export function chime(): void {
  try {
    audio ??= new AudioContext();
    const { currentTime: now, destination } = audio;
    for (const [at, pitch] of [
      [0, 660],
      [0.12, 880],
    ] as const) {
      const tone = audio.createOscillator();
      const gain = audio.createGain();
      tone.frequency.value = pitch;
      gain.gain.setValueAtTime(0, now + at);
      gain.gain.linearRampToValueAtTime(0.12, now + at + 0.015);
      gain.gain.exponentialRampToValueAtTime(0.0001, now + at + 0.32);
      tone.connect(gain).connect(destination);
      tone.start(now + at);
      tone.stop(now + at + 0.34);
    }
  } catch {
    // A browser without sound is no reason to fail.
  }
}

export const looking = (): boolean => document.visibilityState === 'visible' && document.hasFocus();

export function note(title: string, body: string, tag: string, act: () => void): void {
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return;
  const shown = new Notification(title, { body, tag, icon: '/favicon.svg' });
  shown.onclick = () => {
    window.focus();
    shown.close();
    act();
  };
}

/** Must come from a click. */
export async function askToNotify(): Promise<boolean> {
  return typeof Notification !== 'undefined' && (await Notification.requestPermission()) === 'granted';
}
