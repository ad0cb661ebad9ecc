import { momentOf } from '../calendar/local-time.ts';
import { openingWords } from '../calendar/vietnamese-dates.ts';
import { isPlaceholder } from '../kernel/commune.ts';
import type { Button } from '../kernel/messages.ts';
import type { ConversationDeps, Scene } from './scene.ts';

type OfficeDeps = Pick<ConversationDeps, 'calendar' | 'commune'>;

/** One honest sentence about when a person works: open until when, lunch, holiday, or the next opening. */
export function sayOfficeNow({ calendar }: OfficeDeps, scene: Scene): string {
  const { now, language } = scene;
  const opening = calendar.currentOrNextOpening(now);
  const words = openingWords(opening, now, language);
  if (words.running) return scene.say('office.open', { closesAt: words.closesAt });
  if (words.today) {
    const key = workedEarlierToday(calendar, now) ? 'office.lunch' : 'office.opensToday';
    return scene.say(key, { opensAt: words.opensAt });
  }
  const holiday = calendar.holidayName(calendar.localDay(now));
  const values = { day: words.day, opensAt: words.opensAt };
  return holiday === undefined
    ? scene.say('office.closed', values)
    : scene.say('office.holiday', { ...values, holiday });
}

/** A call button to the office; none while the number is only a stand-in. */
export function officeCall({ commune }: Pick<ConversationDeps, 'commune'>, scene: Scene): readonly Button[] {
  if (isPlaceholder(commune, 'officePhone')) return [];
  return [
    {
      kind: 'call',
      title: scene.say('buttons.callOffice', { phone: commune.officePhone }),
      phone: commune.officePhone,
    },
  ];
}

/** A block of today is already over, so the closed hours before the next one are the lunch break. */
function workedEarlierToday(calendar: OfficeDeps['calendar'], now: Date): boolean {
  const midnight = momentOf(calendar.localDay(now), '00:00');
  return calendar.currentOrNextOpening(midnight).closesAt <= now;
}
