import { useLayoutEffect, useRef } from 'preact/hooks';

const faces =
  '😀 😄 😂 🤣 😊 😍 😘 🥰 😎 🤔 😅 😌 😴 😢 😭 😡 😱 🥺 😳 🙄 🤗 🤝 👍 👎 👌 🙏 👏 💪 👋 ✌️ ❤️ 💔 🎉 🎁 🌹 🌟 🔥 💯 ✅ ❌ ❓ ❗ ☕ 🍀 🐱 🐶 📦 🚚'.split(
    ' ',
  );

interface Props {
  label: string;
  onPick(face: string): void;
  onClose(): void;
}

/** A small grid; arrows walk it, Escape closes it. */
export function Emoji({ label, onPick, onClose }: Props) {
  const grid = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => (grid.current?.firstChild as HTMLElement | null)?.focus(), []);
  const walk = (event: KeyboardEvent) => {
    const cells = [...grid.current!.children] as HTMLElement[];
    const across = cells.filter((cell) => cell.offsetTop === cells[0]!.offsetTop).length;
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across, ArrowUp: -across }[event.key];
    if (event.key === 'Escape') onClose();
    else if (step) cells[cells.indexOf(document.activeElement as HTMLElement) + step]?.focus();
    else return;
    event.preventDefault();
  };
  return (
    <div class="emoji" role="toolbar" aria-label={label} ref={grid} onKeyDown={walk}>
      {faces.map((face, at) => (
        <button type="button" tabIndex={at ? -1 : 0} onClick={() => onPick(face)}>
          {face}
        </button>
      ))}
    </div>
  );
}
