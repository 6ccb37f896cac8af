import { afterAll } from 'vitest';
import { dropClones } from '../start/cloneDatabase.ts';

afterAll(dropClones);
