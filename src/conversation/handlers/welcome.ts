import { menuChoices, toMenu, toPerson, toResume, withWayBack } from '../offers.ts';
import type { Answer, ConversationDeps, Reply, Scene } from '../scene.ts';

/** Menu entries that get a button each; the rest are reached by number. */
const FEATURED = 5;

/** First contact, the menu, and the small words of politeness. */
export interface WelcomeTopic {
  /** Who this is, what it is not, and what never to send. */
  introduction(scene: Scene): Reply;
  menu(scene: Scene): Answer;
  greeting(scene: Scene): Answer;
  help(scene: Scene): Answer;
  thanks(scene: Scene): Answer;
  goodbye(scene: Scene): Answer;
  /** "Vâng", "ok" when nothing was asked: politeness after an answer, not a riddle. */
  fine(scene: Scene): Answer;
  /** "No", "cancel" or "back" when nothing is open. */
  nothingOpen(scene: Scene): Answer;
  outOfScope(scene: Scene): Answer;
}

export function createWelcomeTopic({ commune }: Pick<ConversationDeps, 'commune'>): WelcomeTopic {
  const menuWith = (scene: Scene, reason: string, key: string): Answer => ({
    reason,
    awaits: true,
    replies: [menuReply(scene, scene.say(key))],
  });
  const brief = (scene: Scene, reason: string, key: string): Answer => ({
    reason,
    replies: [{ text: scene.say(key), choices: [toMenu(scene), toPerson(scene)] }],
  });
  return {
    introduction: (scene) => ({ text: scene.say('welcome.introduction', { commune: commune.shortName }) }),
    menu: (scene) => menuWith(scene, 'menu.shown', 'welcome.menu'),
    greeting: (scene) => menuWith(scene, 'greeting', 'welcome.greeting'),
    help: (scene) => menuWith(scene, 'help', 'welcome.help'),
    thanks: (scene) => brief(scene, 'thanks', 'smallTalk.thanks'),
    goodbye: (scene) => brief(scene, 'goodbye', 'smallTalk.goodbye'),
    fine: (scene) => brief(scene, 'fine', 'smallTalk.fine'),
    nothingOpen: (scene) => menuWith(scene, 'nothing_open', 'smallTalk.nothingOpen'),
    outOfScope: (scene) => menuWith(scene, 'out_of_scope', 'smallTalk.outOfScope'),
  };
}

/** The menu, with the way back to a report that was set aside. */
function menuReply(scene: Scene, text: string): Reply {
  const menu: Reply = { text, choices: menuChoices(scene), featured: FEATURED };
  return scene.session.parked ? withWayBack(menu, toResume(scene)) : menu;
}
