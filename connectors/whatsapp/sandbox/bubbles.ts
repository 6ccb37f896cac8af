import type { Bubble } from '../../lib/phone/model.ts';
import type { Outgoing } from './messages.ts';
import type { Filled } from './templates.ts';

type Interactive = Extract<Outgoing, { type: 'interactive' }>['interactive'];
type File = { id: string } | { link: string };

/** How the phone shows it. `at` gives the address of an uploaded file. */
export function bubbleOf(message: Outgoing, at: (id: string) => string, filled?: Filled): Bubble {
  const url = (file: File) => ('link' in file ? file.link : at(file.id));
  switch (message.type) {
    case 'text':
      return { type: 'text', text: message.text.body };
    case 'image':
      return { type: 'image', url: url(message.image) };
    case 'video':
      return { type: 'video', url: url(message.video) };
    case 'audio':
      return { type: 'voice', url: url(message.audio) };
    case 'document':
      return { type: 'file', url: url(message.document), name: message.document.filename ?? 'file' };
    case 'sticker':
      return { type: 'image', url: url(message.sticker) };
    case 'location': {
      const { latitude, longitude, name, address } = message.location;
      return { type: 'location', latitude, longitude, title: name, address };
    }
    case 'template':
      if (filled && filled.buttons.length === 0) return { type: 'text', text: filled.text };
      return { type: 'card', ...lines(filled?.text ?? message.template.name), buttons: filled?.buttons ?? [] };
    case 'interactive':
      return cardOf(message.interactive, url);
    case 'reaction':
      return { type: 'other', what: 'reaction' };
  }
}

function cardOf(interactive: Interactive, url: (file: File) => string): Bubble {
  const { header, body, footer } = interactive;
  const words = [header?.text, body.text, footer?.text].filter(Boolean).join('\n');
  return { type: 'card', ...lines(words), image: header?.image && url(header.image), buttons: buttonsOf(interactive) };
}

/** The first line as a card's title; WhatsApp writes bold words between stars. */
function lines(words: string): { title: string; texts: string[] } {
  const [title = '', ...texts] = words.replace(/\*([^*\n]+)\*/g, '$1').split(/\n+/);
  return { title, texts };
}

function buttonsOf(interactive: Interactive): Extract<Bubble, { type: 'card' }>['buttons'] {
  switch (interactive.type) {
    case 'button':
      return interactive.action.buttons.map(({ reply }) => ({ label: reply.title, data: reply.id }));
    case 'list':
      return interactive.action.sections.flatMap(({ rows }) =>
        rows.map(({ id, title, description }) => ({ label: description ?? title, data: id })),
      );
    case 'cta_url': {
      const { display_text, url } = interactive.action.parameters;
      return [{ label: display_text, url }];
    }
  }
}
