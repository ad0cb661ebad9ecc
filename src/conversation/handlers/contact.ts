import { sayBlocks } from '../../calendar/vietnamese-dates.ts';
import { isPlaceholder, type Commune } from '../../kernel/commune.ts';
import { officeCall, sayOfficeNow } from '../office-now.ts';
import { toMenu, toPerson } from '../offers.ts';
import { lines, paragraphs, type Answer, type ConversationDeps, type Scene } from '../scene.ts';

type Deps = Pick<ConversationDeps, 'commune' | 'calendar'>;

/** Where and when: address, hours, telephone numbers. What the commune has not confirmed is not told as a fact. */
export interface ContactTopic {
  answer(scene: Scene): Answer;
}

export function createContactTopic(deps: Deps): ContactTopic {
  const { commune } = deps;
  return {
    answer: (scene) => ({
      reason: 'contact',
      replies: [
        {
          text: paragraphs(
            scene.say('contact.title', { commune: commune.name }),
            lines(
              confirmed(
                commune,
                'address',
                scene.say('contact.address', { address: commune.address }),
                scene.say('contact.addressUnknown'),
              ),
              scene.say('contact.oneStop', { oneStop: commune.oneStopName }),
            ),
            lines(scene.say('contact.hours'), ...sayHours(scene, commune)),
            sayOfficeNow(deps, scene),
            lines(
              confirmed(
                commune,
                'officePhone',
                scene.say('contact.phone', { phone: commune.officePhone }),
                scene.say('contact.phoneUnknown'),
              ),
              confirmed(commune, 'policePhone', scene.say('contact.police', { phone: commune.policePhone })),
              scene.say('contact.emergency'),
            ),
          ),
          buttons: [...officeCall(deps, scene), ...mapLink(scene, commune)],
          choices: [toPerson(scene), toMenu(scene)],
        },
      ],
    }),
  };
}

function sayHours(scene: Scene, { officeHours }: Commune): readonly string[] {
  return officeHours.map(({ weekdays, blocks }) =>
    scene.say('contact.hoursLine', {
      days: sayWeekdays(scene, weekdays),
      hours: sayBlocks(blocks),
    }),
  );
}

/** Three days in a row or more are said by their first and last. */
function sayWeekdays(scene: Scene, weekdays: readonly number[]): string {
  const names = weekdays.map((weekday) => scene.say(`weekday.${weekday}`));
  const [first, last] = [weekdays[0] ?? 0, weekdays.at(-1) ?? 0];
  const inARow = weekdays.length > 2 && weekdays.every((weekday, index) => weekday === first + index);
  if (!inARow) return names.join(', ');
  return scene.say('contact.weekdayRange', {
    from: scene.say(`weekday.${first}`),
    to: scene.say(`weekday.${last}`),
  });
}

function confirmed(
  commune: Commune,
  field: keyof Commune,
  sentence: string,
  otherwise?: string,
): string | undefined {
  return isPlaceholder(commune, field) ? otherwise : sentence;
}

function mapLink(scene: Scene, { mapUrl }: Commune) {
  return mapUrl === undefined
    ? []
    : [{ kind: 'link' as const, title: scene.say('buttons.map'), url: mapUrl }];
}
