import { playDays } from './play-days.ts';

playDays({ 'web-crashes': 120, 'bad-web-under-traffic': 50 });
