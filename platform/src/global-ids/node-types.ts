/**
 * The types of the graph that are a Node, each with the number that stands for it in a global id. A number that was given
 * out is never given to another type: ids live on in bookmarks, caches and archives.
 */
export const nodeTypes = {
  Account: 1,
  Session: 2,
  Passkey: 3,
  AuditEntry: 4,
  User: 5,
  Post: 6,
  Comment: 7,
  Media: 8,
  DataExport: 9,
  Notification: 10,
  Conversation: 11,
  Message: 12,
} as const;

export type NodeType = keyof typeof nodeTypes;

/** Whether a type of the graph is a Node. */
export const isNodeType = (name: string): name is NodeType => Object.hasOwn(nodeTypes, name);
