/**
 * What others do on traces of the same kinds: share detected in percent, and median second. From a study of these
 * deciders on 300 traces a kind (seed: two CloudWatch alarms; Flagger: success below 99 % or p99 above 500 ms in five
 * minutes; Kayenta: its judge at 15 minutes; E60: the always-valid test that ignores the first minute).
 */
export const REFERENCE: Readonly<Record<string, readonly [string, string, string, string]>> = {
  'err+0.5': ['0', '2', '96 / 900', '100 / 296'],
  'err+1': ['1', '98 / 480', '100 / 900', '100 / 148'],
  'err+2': ['94 / 300', '100 / 300', '100 / 900', '100 / 94'],
  'err+5': ['100 / 180', '100 / 300', '100 / 900', '100 / 72'],
  'err+30': ['100 / 180', '100 / 300', '100 / 900', '100 / 7'],
  'err+2@300s': ['85 / 600', '100 / 600', '0', '100 / 346'],
  'err-leak0-10': ['100 / 360', '100 / 360', '98 / 900', '100 / 140'],
  'lat x1.25': ['0', '0', '100 / 900', '100 / 100'],
  'lat x1.5': ['0', '0', '100 / 900', '100 / 70'],
  'lat x2': ['0', '6', '100 / 900', '100 / 65'],
  'lat-tail5%x10': ['0', '100 / 300', '100 / 900', '100 / 85'],
  'lat-leak x1-3': ['0', '98 / 840', '100 / 900', '100 / 130'],
  'low1rps w10 +30': ['0', '100 / 360', '73 / 900', '100 / 240'],
  'low1rps w50 +30': ['20', '100 / 300', '100 / 900', '100 / 114'],
  'badbase5 +5': ['100 / 180', '100 / 300', '100 / 900', '100 / 164'],
  'noisy +2': ['100 / 180', '100 / 300', '55 / 900', '100 / 108'],
  'diurnal +2': ['75 / 180', '100 / 300', '100 / 900', '100 / 110'],
};
