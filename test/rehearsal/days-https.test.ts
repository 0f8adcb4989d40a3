import { playDays } from './play-days.ts';

// Its listeners speak TLS: no check of green passes unless the certificate is trusted, and is for the host.
playDays({ 'behind-https': 60 });
