import { playDays } from './play-days.ts';

playDays({ approved: 90, 'stopped-while-holding': 90, 'mixed-versions-break': 90 });
