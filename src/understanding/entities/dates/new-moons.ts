/*
 * New moons and the position of the sun by the series of Jean Meeus (Astronomical Algorithms), in the short form that
 * Hồ Ngọc Đức published for the Vietnamese calendar (https://www.informatik.uni-leipzig.de/~duc/amlich/calrules.html):
 * a few minutes exact for 1900 to 2199, which is as good as the printed calendars need. Days are Julian day numbers.
 */

/** Hanoi is at UTC+7; the Chinese calendar reckons at UTC+8, which is why the two differ now and then. */
const HANOI_DAYS = 7 / 24;
const MONTH_DAYS = 29.530588853;
/** The new moon of 1 January 1900, number 0. */
const FIRST_NEW_MOON = 2415021.076998695;
const CENTURY_DAYS = 36525;
const SECTOR_DEGREES = 30;

/** The number of the new moon nearest to a day. */
export function nearestNewMoon(day: number): number {
  return Math.round((day - FIRST_NEW_MOON) / MONTH_DAYS);
}

/** The day in Hanoi on which the new moon of this number falls: the first of a lunar month. */
export function newMoonDay(number: number): number {
  return Math.floor(newMoonTime(number) + 0.5 + HANOI_DAYS);
}

/** Which twelfth of the year the sun is in as the day begins in Hanoi: 0 from the March equinox, 9 from the winter solstice. */
export function sunSector(day: number): number {
  const t = (day - 2451545.5 - HANOI_DAYS) / CENTURY_DAYS;
  const anomaly = 357.5291 + 35999.0503 * t - 0.0001559 * t ** 2 - 0.00000048 * t ** 3;
  const longitude =
    280.46645 +
    36000.76983 * t +
    0.0003032 * t ** 2 +
    (1.9146 - 0.004817 * t - 0.000014 * t ** 2) * sin(anomaly) +
    (0.019993 - 0.000101 * t) * sin(2 * anomaly) +
    0.00029 * sin(3 * anomaly);
  return Math.floor((longitude - 360 * Math.floor(longitude / 360)) / SECTOR_DEGREES);
}

function newMoonTime(number: number): number {
  const t = number / 1236.85;
  const sun = 359.2242 + 29.10535608 * number - 0.0000333 * t ** 2 - 0.00000347 * t ** 3;
  const moon = 306.0253 + 385.81691806 * number + 0.0107306 * t ** 2 + 0.00001236 * t ** 3;
  const node = 21.2964 + 390.67050646 * number - 0.0016528 * t ** 2 - 0.00000239 * t ** 3;
  const mean =
    2415020.75933 +
    29.53058868 * number +
    0.0001178 * t ** 2 -
    0.000000155 * t ** 3 +
    0.00033 * sin(166.56 + 132.87 * t - 0.009173 * t ** 2);
  const correction =
    (0.1734 - 0.000393 * t) * sin(sun) +
    0.0021 * sin(2 * sun) -
    0.4068 * sin(moon) +
    0.0161 * sin(2 * moon) -
    0.0004 * sin(3 * moon) +
    0.0104 * sin(2 * node) -
    0.0051 * sin(sun + moon) -
    0.0074 * sin(sun - moon) +
    0.0004 * sin(2 * node + sun) -
    0.0004 * sin(2 * node - sun) -
    0.0006 * sin(2 * node + moon) +
    0.001 * sin(2 * node - moon) +
    0.0005 * sin(2 * moon + sun);
  // From dynamical to civil time.
  return mean + correction - (-0.000278 + 0.000265 * t + 0.000262 * t ** 2);
}

function sin(degrees: number): number {
  return Math.sin((degrees * Math.PI) / 180);
}
