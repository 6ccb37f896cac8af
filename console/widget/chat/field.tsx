interface Props {
  name: string;
  label: string;
  note?: string;
  type?: 'text' | 'tel' | 'email' | 'area';
  complete?: string;
  /** UTF-16 units. */
  most: number;
  value: string;
  /** What is wrong with it, said under it. */
  wrong?: string;
  onWrite(value: string): void;
}

/** A field with its label above and what is wrong below, tied together for those who hear them. */
export function Field({ name, label, note, type = 'text', complete, most, value, wrong, onWrite }: Props) {
  const input = {
    id: `field-${name}`,
    name,
    value,
    maxLength: most,
    'aria-invalid': wrong ? true : undefined,
    'aria-describedby': wrong && `wrong-${name}`,
    onInput: (event: { currentTarget: { value: string } }) => onWrite(event.currentTarget.value),
  };
  return (
    <div class="field">
      <label for={input.id}>
        {label}
        {note && <small>{note}</small>}
      </label>
      {type === 'area' ? (
        <textarea {...input} rows={4} />
      ) : (
        <input {...input} type={type as 'text'} autocomplete={complete} />
      )}
      {wrong && (
        <p class="wrong" id={`wrong-${name}`}>
          {wrong}
        </p>
      )}
    </div>
  );
}
