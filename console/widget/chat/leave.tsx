import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { EMAIL, LEFT, NAME, PHONE } from '../../../core/form.ts';
import { Field } from './field.tsx';
import { Icon } from './icons.tsx';
import type { Left } from './lib/chat.ts';
import { useSent } from './lib/sent.ts';
import type { View } from './view.ts';
import { type FormWords, formWords } from './words/forms/index.ts';

const NAMES = ['name', 'phone', 'email', 'text'] as const;
type Name = (typeof NAMES)[number];
type Values = Record<Name, string>;
const EMPTY: Values = { name: '', phone: '', email: '', text: '' };
/** What was typed stays while the page does, whether the form is open or not. */
let kept = EMPTY;

/** What is wrong, by field; nothing where it may go. One way to reach him is needed: an answer has to go somewhere. */
export function faults({ phone, email, text }: Values, words: FormWords): Partial<Values> {
  const found: Partial<Values> = {};
  if (phone.trim() && !PHONE.test(phone.trim())) found.phone = words.badPhone;
  else if (!phone.trim() && !email.trim()) found.phone = words.needWay;
  if (email.trim() && !EMAIL.test(email.trim())) found.email = words.badEmail;
  if (!text.trim()) found.text = words.needWords;
  return found;
}

/** What goes out: fields that were filled in, and only those. */
export function leftOf({ text, ...form }: Values): Left {
  const filled = Object.entries(form).flatMap(([name, value]) => (value.trim() ? [[name, value.trim()]] : []));
  return { form: Object.fromEntries(filled), text: text.trim() };
}

/** The form for a message (V-09). A real dialog: focus stays inside, Escape closes only it. */
export function LeaveForm({ view: { chat, language, state, words: common } }: { view: View }) {
  const words = formWords[language];
  const box = useRef<HTMLDialogElement>(null);
  const [values, setValues] = useState(kept);
  const [wrong, setWrong] = useState<Partial<Values>>({});
  const [id, setId] = useState<string | null>(null);
  const sent = useSent(chat, id);
  const title = sent === 'taken' ? words.messageDone : common.message;
  const shut = () => box.current!.close();
  useLayoutEffect(() => box.current!.showModal(), []);
  useEffect(() => {
    if (sent !== 'taken') return;
    kept = { ...values, text: '' };
    box.current!.focus();
  }, [sent]);

  const write = (name: Name, value: string) => {
    const next = { ...values, [name]: value };
    setValues((kept = next));
    // A fault goes as soon as it is mended; new ones wait for the button.
    const left = faults(next, words);
    setWrong(Object.fromEntries(NAMES.flatMap((one) => (wrong[one] && left[one] ? [[one, left[one]]] : []))));
  };
  const send = () => {
    const found = faults(values, words);
    setWrong(found);
    const first = NAMES.find((name) => found[name]);
    if (first) box.current!.querySelector<HTMLElement>(`[name=${first}]`)!.focus();
    else setId(chat.leaveMessage(leftOf(values)));
  };
  const field = (name: Name) => ({
    name,
    value: values[name],
    wrong: wrong[name],
    onWrite: (value: string) => write(name, value),
  });

  return (
    <dialog
      ref={box}
      class="sheet"
      aria-label={title}
      tabIndex={-1}
      onClose={() => chat.leaving(false)}
      onKeyDown={(event) => event.key === 'Escape' && event.stopPropagation()}
    >
      <div class="top">
        <h2>{title}</h2>
        <button type="button" class="plain" aria-label={common.close} onClick={shut}>
          <Icon name="close" />
        </button>
      </div>
      {sent === 'taken' ? (
        <div class="thanks" role="status">
          <Icon name="check" />
          <p>{words.messageDoneText}</p>
          <button type="button" class="first" onClick={shut}>
            {words.done}
          </button>
        </div>
      ) : (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            send();
          }}
        >
          <p>{words.messageText}</p>
          <Field {...field('name')} label={words.yourName} note={words.optional} complete="name" most={NAME} />
          <div class="two">
            <Field {...field('phone')} label={words.phone} type="tel" complete="tel" most={40} />
            <Field {...field('email')} label={words.email} type="email" complete="email" most={200} />
          </div>
          <Field {...field('text')} label={words.words} type="area" most={LEFT} />
          {sent === 'refused' && (
            <p class="wrong" role="alert">
              {common.refused}
            </p>
          )}
          {sent === 'waiting' && !state.online && <p role="status">{words.queued}</p>}
          <button type="submit" class="first" disabled={sent === 'waiting'}>
            {sent === 'waiting' ? common.sending : words.messageSend}
          </button>
        </form>
      )}
    </dialog>
  );
}
