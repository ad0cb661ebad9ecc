import type { Command } from './commands.ts';
import { createFeedbackForm } from './feedback-form.ts';
import { createFormEngine, type FormEngine } from './forms.ts';
import { createAnnouncementsTopic } from './handlers/announcements.ts';
import { createContactTopic } from './handlers/contact.ts';
import { createDossierStatusTopic, type DossierStatusTopic } from './handlers/dossier-status.ts';
import { createEmergencyTopic } from './handlers/emergency.ts';
import { createFeedbackStatusTopic } from './handlers/feedback-status.ts';
import { createFeedbackTopic } from './handlers/feedback.ts';
import { createFormalComplaintTopic } from './handlers/formal-complaint.ts';
import { createHumanTopic } from './handlers/human.ts';
import { createLanguageTopic } from './handlers/language.ts';
import { createLearningTopic } from './handlers/learning.ts';
import { createMediaTopic, type MediaTopic } from './handlers/media.ts';
import { createNotUnderstoodTopic, type NotUnderstoodTopic } from './handlers/not-understood.ts';
import { createPrivacyTopic } from './handlers/privacy.ts';
import { createProceduresTopic, type ProceduresTopic } from './handlers/procedures.ts';
import { createSubscriptionTopic, type SubscriptionTopic } from './handlers/subscription.ts';
import { createVneidTopic, type VneidTopic } from './handlers/vneid.ts';
import { createWelcomeTopic, type WelcomeTopic } from './handlers/welcome.ts';
import type { Answer, ConversationDeps, Scene } from './scene.ts';

/** Every subject the conversation can speak about, and which command belongs to which. */
export interface Topics {
  readonly welcome: WelcomeTopic;
  readonly status: DossierStatusTopic;
  readonly procedures: ProceduresTopic;
  readonly vneid: VneidTopic;
  readonly subscription: SubscriptionTopic;
  readonly media: MediaTopic;
  readonly notUnderstood: NotUnderstoodTopic;
  /** The feedback form, the one form with several questions. */
  readonly form: FormEngine;
  /** Carries out a command outside any form. */
  perform(scene: Scene, command: Command): Answer | Promise<Answer>;
}

export function createTopics(deps: ConversationDeps): Topics {
  const human = createHumanTopic(deps);
  const welcome = createWelcomeTopic(deps);
  const status = createDossierStatusTopic({ ...deps, human });
  const procedures = createProceduresTopic(deps);
  const vneid = createVneidTopic(deps);
  const formal = createFormalComplaintTopic({ ...deps, human });
  const subscription = createSubscriptionTopic({ ...deps, human });
  const announcements = createAnnouncementsTopic(deps);
  const cases = createFeedbackStatusTopic(deps);
  const contact = createContactTopic(deps);
  const language = createLanguageTopic(deps);
  const privacy = createPrivacyTopic();
  const learning = createLearningTopic();
  const notUnderstood = createNotUnderstoodTopic(human);
  const emergency = createEmergencyTopic(deps);
  const form = createFormEngine({
    definition: createFeedbackForm({ ...deps, formalRefusal: (scene, kind) => formal.refuse(scene, kind) }),
    callPerson: (scene, reason) =>
      human.handOver(scene, { reason, escalation: 'not_understood', key: 'human.afterMisses' }),
  });
  const feedback = createFeedbackTopic(form, deps);

  const perform = (scene: Scene, command: Command): Answer | Promise<Answer> => {
    switch (command.kind) {
      case 'greeting':
        return welcome.greeting(scene);
      case 'menu':
        return welcome.menu(scene);
      case 'help':
        return welcome.help(scene);
      case 'thanks':
        return welcome.thanks(scene);
      case 'goodbye':
        return welcome.goodbye(scene);
      case 'yes':
        return welcome.fine(scene);
      case 'no':
        return welcome.nothingOpen(scene);
      case 'out_of_scope':
        return welcome.outOfScope(scene);
      case 'procedure_status':
        return command.code === undefined ? status.ask(scene) : status.lookUp(scene, command.code);
      case 'procedure_info':
        return procedures.answer(scene, command);
      case 'vneid_help':
        return vneid.answer(scene, command);
      case 'complaint_file':
        return feedback.begin(scene, command.words);
      case 'complaint_status':
        return cases.answer(scene, command);
      case 'formal_complaint':
        return formal.explain(scene, command.formalKind);
      case 'formal_callback':
        return formal.callBack(scene);
      case 'emergency':
        return emergency.danger(scene);
      case 'subscribe':
        return subscription.subscribe(scene, command.villageId);
      case 'unsubscribe':
        return subscription.unsubscribe(scene, command.confirmed ?? false);
      case 'announcements':
        return announcements.answer(scene, command.code);
      case 'contact_info':
        return contact.answer(scene);
      case 'human':
        return human.asked(scene);
      case 'language_switch':
        return language.change(scene, command.language);
      case 'delete_data':
        return privacy.deleteData(scene, command.confirmed);
      case 'learning':
        return command.allowed ? learning.allow(scene) : learning.stop(scene);
      case 'something_else':
        return notUnderstood.noneOfThese(scene);
      case 'form_control':
        return command.control === 'help' ? welcome.help(scene) : welcome.nothingOpen(scene);
      case 'form_choice':
      case 'form_edit':
        return welcome.nothingOpen(scene);
    }
  };
  return {
    welcome,
    status,
    procedures,
    vneid,
    subscription,
    media: createMediaTopic(human),
    notUnderstood,
    form,
    perform,
  };
}
