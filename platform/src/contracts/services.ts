/** The six services, in the order in which they are listed everywhere. */
export const serviceNames = ['auth', 'user', 'post', 'media', 'notification', 'chat'] as const;

export type ServiceName = (typeof serviceNames)[number];
