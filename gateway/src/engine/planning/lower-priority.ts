import { setPriority } from 'node:os';

// Where there are fewer cores than work, whoever sent a known operation comes first. Elsewhere than on Linux a thread has
// no priority of its own: it would be that of the whole process.
if (process.platform === 'linux') setPriority(10);
