import type { z } from 'zod';
import type { Can } from '../../../../core/can.ts';
import type * as shapes from '../../../../hub/shapes/channels.ts';

/** What the channel pages read from the hub (hub/shapes/channels.ts). */
export type Channel = shapes.Channel;
export type App = shapes.App;
/** A kind of app through which accounts are connected by consent. */
export type AppInfo = shapes.AppInfo;
export type ConnectorInfo = Omit<shapes.ConnectorInfo, 'can'> & { can: Can };
export type Way = ConnectorInfo['ways'][number];
export type Field = ConnectorInfo['fields'][number];
export type Text = Way['text'];
export type Point = z.infer<typeof shapes.Point>;
/** A group of channels in the tree (CH-02); not a skill group. */
export type Folder = shapes.ChannelGroup;
export type Consent = z.infer<typeof shapes.Consent>;
export type ConsentState = z.infer<typeof shapes.ConsentState>;
