import Bot from '@lucide/svelte/icons/bot';
import CalendarClock from '@lucide/svelte/icons/calendar-clock';
import DoorOpen from '@lucide/svelte/icons/door-open';
import FlaskConical from '@lucide/svelte/icons/flask-conical';
import Headset from '@lucide/svelte/icons/headset';
import Hourglass from '@lucide/svelte/icons/hourglass';
import ListOrdered from '@lucide/svelte/icons/list-ordered';
import MessageSquareText from '@lucide/svelte/icons/message-square-text';
import Inbox from '@lucide/svelte/icons/package-open';
import Plug from '@lucide/svelte/icons/plug';
import Route from '@lucide/svelte/icons/route';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import ShieldAlert from '@lucide/svelte/icons/shield-alert';
import Star from '@lucide/svelte/icons/star';
import Tags from '@lucide/svelte/icons/tags';
import User from '@lucide/svelte/icons/user-round';
import Users from '@lucide/svelte/icons/users-round';
import Wallet from '@lucide/svelte/icons/wallet';
import Waypoints from '@lucide/svelte/icons/waypoints';

/** The settings pages as the navigation shows them, in parts; a page's name is `settings.<page>`. Only `own` is for everybody. */
export const PARTS = [
  {
    part: 'in',
    pages: [
      ['channels', Plug],
      ['reception', DoorOpen],
      ['routing', Route],
      ['queues', ListOrdered],
      ['matching', Waypoints],
      ['what-if', FlaskConical],
    ],
  },
  {
    part: 'talk',
    pages: [
      ['texts', MessageSquareText],
      ['replies', Bot],
      ['words', ShieldAlert],
      ['hours', CalendarClock],
      ['timers', Hourglass],
      ['ratings', Star],
      ['tags', Tags],
    ],
  },
  {
    part: 'house',
    pages: [
      ['team', Users],
      ['desk', Headset],
      ['payments', Wallet],
      ['parked', Inbox],
      ['audit', ScrollText],
    ],
  },
  { part: 'own', pages: [['profile', User]] },
] as const;
