import { describe, expect, it } from '@jest/globals';
import { createConversation } from '../../src/conversation/conversation.ts';
import { QUIET_AFTER_STAFF_MS } from '../../src/conversation/quiet.ts';
import { FAILURE_REASON, newSession } from '../../src/conversation/turn.ts';
import type { EventContent } from '../../src/kernel/messages.ts';
import { anEvent } from '../support/events.ts';
import {
  conversationDeps,
  MONDAY_MORNING,
  photo,
  talk,
  textOf,
  vi,
  type Talk,
} from '../support/conversation.ts';

const STAFF: EventContent = { kind: 'admin_reply', adminId: '77', text: 'Chào bác' };

async function withStaff(): Promise<Talk> {
  const resident = talk();
  await resident.send(STAFF);
  return resident;
}

describe('while a person has the conversation', () => {
  it.each([
    { kind: 'text', text: 'dạ vâng' },
    { kind: 'text', text: '1' },
    { kind: 'text', text: '#hoso' },
    photo('a'),
    { kind: 'sticker' },
    { kind: 'hello', via: 'chat_now' },
  ] satisfies EventContent[])('the bot says nothing to %j', async (content) => {
    const resident = await withStaff();
    const outcome = await resident.send(content);

    expect(outcome.say).toEqual([]);
    expect(outcome.reason).toBe('quiet');
  });

  it('danger is still answered', async () => {
    const resident = await withStaff();

    expect((await resident.say('cháy nhà')).intent).toBe('emergency');
  });

  it.each(['#menu', 'trợ lý', 'menu'])('the resident can call the bot back: %s', async (text) => {
    const resident = await withStaff();
    expect((await resident.say(text)).intent).toBe('help');

    expect((await resident.say('xin chào')).intent).toBe('greeting');
  });

  it('the bot is back half an hour after the last word of the person', async () => {
    const resident = await withStaff();
    resident.wait(QUIET_AFTER_STAFF_MS - 60_000);
    await resident.send(STAFF);
    resident.wait(QUIET_AFTER_STAFF_MS - 1);
    expect((await resident.say('xin chào')).say).toEqual([]);
    resident.wait(1);

    expect((await resident.say('xin chào')).say).not.toEqual([]);
  });

  it('a form is still there afterwards', async () => {
    const resident = talk();
    await resident.say('#gopy');
    await resident.send(STAFF);
    await resident.say('dạ');
    resident.wait(QUIET_AFTER_STAFF_MS);

    expect((await resident.say('1')).session.form?.step).toBe('description');
  });
});

describe('events that are no question', () => {
  it.each([
    { kind: 'reaction', messageId: '1', icon: '❤' },
    { kind: 'echo', text: 'x' },
    { kind: 'receipt', receipt: 'seen', messageIds: ['1'] },
    { kind: 'goodbye' },
    { kind: 'withdraw' },
    STAFF,
  ] satisfies EventContent[])('get no answer: %j', async (content) => {
    expect((await talk().send(content)).say).toEqual([]);
  });

  it('leaving the page is noted', async () => {
    expect((await talk().send({ kind: 'goodbye' })).effects).toEqual([
      { kind: 'resident.follow', following: false },
    ]);
  });

  it('a withdrawal of consent goes to a person, and what was kept to learn from goes at once', async () => {
    expect((await talk().send({ kind: 'withdraw' })).effects).toEqual([
      { kind: 'escalation.open', reason: 'delete_data' },
      { kind: 'misunderstood.forget' },
    ]);
  });
});

describe('what is not words', () => {
  it('a voice message goes to a person, and typing is asked for', async () => {
    const outcome = await talk().send({ kind: 'audio', files: [{ url: 'https://photos.example/v.m4a' }] });

    expect(outcome.effects).toEqual([{ kind: 'escalation.open', reason: 'voice' }]);
    expect(textOf(outcome)).toContain(vi('media.audio'));
  });

  it.each([
    { kind: 'video', files: [] },
    { kind: 'file', files: [] },
    { kind: 'sticker' },
    { kind: 'business_card' },
    { kind: 'link', url: 'https://la.example' },
    { kind: 'submitted_info', name: 'A', phone: '0912345678' },
  ] satisfies EventContent[])('has a friendly answer and no escalation: $kind', async (content) => {
    const outcome = await talk().send(content);

    expect(textOf(outcome)).toContain(vi(`media.${content.kind}`));
    expect(outcome.effects).toEqual([]);
  });

  it('a link with words around it is read as words', async () => {
    const outcome = await talk().send({ kind: 'link', url: 'https://la.example', text: 'xin chào' });

    expect(outcome.intent).toBe('greeting');
  });

  it('a photo with a question is answered as the question', async () => {
    expect((await talk().send(photo('a', 'cho tôi gặp người thật'))).intent).toBe('human');
  });

  it('a photo with a story becomes a report with both', async () => {
    const resident = talk();
    await resident.send(photo('a', 'đèn đường thôn Núi Thành hỏng cả tuần nay'));
    const outcome = await resident.say('1');

    expect(outcome.session.form?.answers).toMatchObject({
      suggested: 'lighting',
      description: 'đèn đường thôn Núi Thành hỏng cả tuần nay',
      photoUrls: ['https://photos.example/a.jpg'],
    });
  });

  it('a photo is forgotten when the resident asks something else', async () => {
    const resident = talk();
    await resident.send(photo('a'));
    await resident.say('xin chào');

    expect((await resident.say('#gopy')).session.form?.answers).toEqual({});
  });
});

describe('secrets', () => {
  it('alone are met with a warning, never repeated and never kept', async () => {
    const outcome = await talk().say('mã otp của tôi là 482913');

    expect(textOf(outcome)).toContain(vi('guard.code'));
    expect(JSON.stringify(outcome)).not.toContain('482913');
  });

  it('beside a question are hidden and the question is answered', async () => {
    const outcome = await talk().say('làm khai sinh cần gì cho cháu số căn cước 022065001234 sinh năm ngoái');

    expect(textOf(outcome)).toContain(vi('guard.citizenId'));
    expect(JSON.stringify(outcome)).not.toContain('022065001234');
  });
});

describe('when deciding failed for good', () => {
  const conversation = createConversation(conversationDeps());
  const turn = (content: EventContent, session = newSession()) => {
    const event = anEvent({ content });
    return { event, content, session, now: MONDAY_MORNING };
  };

  it('the resident reads an apology with a way to a person, and staff are told', () => {
    const outcome = conversation.apologise(turn({ kind: 'text', text: 'xin chào' }));

    expect(outcome.say[0]?.text).toContain(vi('failure.apology'));
    expect(outcome.say[0]?.buttons?.map(({ kind }) => kind)).toEqual(['call', 'send', 'send']);
    expect(outcome.effects).toEqual([{ kind: 'escalation.open', reason: 'failure' }]);
  });

  it('the reason is the one by which the dispatcher keeps the event', () => {
    expect(conversation.apologise(turn({ kind: 'text', text: 'x' })).reason).toBe(FAILURE_REASON);
  });

  it('nobody is written to about an event that gets no answer, or while a person has the conversation', () => {
    const quiet = { ...newSession(), quietUntil: '2026-11-23T03:00:00.000Z' };

    expect(conversation.apologise(turn({ kind: 'echo' })).say).toEqual([]);
    expect(conversation.apologise(turn({ kind: 'text', text: 'x' }, quiet)).say).toEqual([]);
  });
});
