import { playDays } from './play-days.ts';

playDays({ 'web-crashes': 120, rejected: 90 });
