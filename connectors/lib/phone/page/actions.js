import { $, h } from './dom.js';
import { pick } from './text.js';

/** @typedef {import('../model.ts').PhoneAction} Action */

/**
 * Does an action, asking first for what it needs.
 * @param {Action} action @param {(value?: string) => void} run
 */
export function perform(action, run) {
  const { label, help, input } = action;
  if (!input) return run();
  const dialog = $('ask');
  const field = input.choices
    ? h(
        'select',
        { name: 'value' },
        ...input.choices.map(({ value, label }) =>
          h('option', { value, selected: value === input.value }, pick(label)),
        ),
      )
    : h(
        'textarea',
        {
          name: 'value',
          rows: 2,
          maxLength: input.max ?? 300,
          required: !input.optional,
        },
        input.value,
      );
  const form = h(
    'form',
    { method: 'dialog' },
    h('h2', { id: 'ask-title' }, pick(label)),
    help ? h('p', { class: 'soft' }, pick(help)) : null,
    h('label', {}, h('span', {}, pick(input.label)), field),
    $('ask-buttons').content.cloneNode(true),
  );
  form.querySelector('[data-cancel]').addEventListener('click', () => dialog.close());
  form.addEventListener('submit', () => run(field.value));
  dialog.replaceChildren($('ask-buttons'), form);
  dialog.showModal();
  field.focus();
}
