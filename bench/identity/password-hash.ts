import { createPasswordHasher } from '../../subgraphs/auth/src/domain/passwords/password-hasher.ts';
import { speedOf } from '../measure/operations.ts';
import { given, hand } from './part.ts';

/** Checks passwords as a sign-in does, and does nothing else. */
const { seconds } = given<{ seconds: number }>();
const hasher = createPasswordHasher(1);
const hash = await hasher.hash('correct horse battery', null);
hand({ hash, speed: await speedOf(seconds, () => hasher.verify(hash, 'correct horse battery', null)) });
