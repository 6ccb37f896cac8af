import CreditCard from '@lucide/svelte/icons/credit-card';
import ListChecks from '@lucide/svelte/icons/list-checks';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import type { Component } from 'svelte';
import { t } from '#lib/i18n/index.svelte.ts';
import { payments } from '#lib/payments.svelte.ts';
import type { Talk } from '#lib/talk.svelte.ts';

/** A button of the composer that opens a dialog of its own, fetched when it is first wanted. */
export interface Tool {
  key: string;
  icon: Component<{ size?: number }>;
  name(): string;
  /** Whether this conversation has it, by its capabilities. */
  offered(talk: Talk): boolean;
  /** Also while the window to reply is shut. */
  whenShut?: true;
  load(): Promise<{ default: Component<{ talk: Talk; close: () => void }> }>;
}

/** In the order of the toolbar. A new one is one entry here. */
export const tools: readonly Tool[] = [
  {
    key: 'menu',
    icon: ListChecks,
    name: () => t('composer.menu'),
    offered: () => true,
    load: () => import('./MenuDialog.svelte'),
  },
  {
    key: 'template',
    icon: ScrollText,
    name: () => t('composer.template'),
    offered: (talk) => Boolean(talk.detail?.window?.templates),
    whenShut: true,
    load: () => import('./TemplateDialog.svelte'),
  },
  {
    key: 'payment',
    icon: CreditCard,
    name: () => t('composer.payment'),
    offered: () => payments.rights.ask,
    load: () => import('./PaymentDialog.svelte'),
  },
];
