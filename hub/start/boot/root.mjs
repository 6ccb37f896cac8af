import { chdir } from 'node:process';
import { fileURLToPath } from 'node:url';

/** The folder of the whole project; every command works from there, wherever it was called. */
export const root = fileURLToPath(new URL('../../../', import.meta.url));
chdir(root);
