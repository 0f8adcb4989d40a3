import { playDays } from './play-days.ts';

playDays({ 'promoted-early': 90, 'stopped-while-holding': 90, 'mixed-versions-break': 90 });
