/** What was pasted or dropped as files; nothing of what is text, which has its place in the text. */
export const filesOf = (data: DataTransfer | null): File[] => [...(data?.files ?? [])];

/** Says whether what is dragged over the page has files. */
export const hasFiles = (data: DataTransfer | null): boolean => data?.types.includes('Files') ?? false;
