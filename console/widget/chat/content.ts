import type { VisitorMessage } from '../../../hub/shapes/visitor.ts';

/** What a message says, as the hub gives it to the visitor's page. */
export type Content = NonNullable<VisitorMessage['content']>;
export type ContentOf<T extends Content['type']> = Extract<Content, { type: T }>;

/** Whether a content fills its bubble to the edge. */
export const isPicture = (content: Content | null) => content?.type === 'image' || content?.type === 'video';
