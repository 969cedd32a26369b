import { getPriority, setPriority } from 'node:os';

// Where there are fewer cores than work, whoever sent a known operation comes first. Elsewhere than on Linux a thread has
// no priority of its own: it would be that of the whole process.
// One that is lower already stays so: raising it takes a right that a container has not.
if (process.platform === 'linux' && getPriority() < 10) setPriority(10);
