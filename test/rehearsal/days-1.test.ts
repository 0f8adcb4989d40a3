import { playDays } from './play-days.ts';

playDays({ 'promoted-early': 120, 'stopped-while-holding': 120, 'mixed-versions-break': 120 });
