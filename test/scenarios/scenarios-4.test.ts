import { playFiles } from './play-files.ts';

playFiles(3);
