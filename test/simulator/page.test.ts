import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { chromium, type Browser, type Page } from 'playwright-core';
import { findChromium } from '../../scripts/lib/chromium.ts';
import { startZalo, type TestZalo } from './harness.ts';

const executablePath = findChromium();
const describeInBrowser = executablePath ? describe : describe.skip;

describeInBrowser('the chat page', () => {
  let browser: Browser;
  let zalo: TestZalo;
  let page: Page;
  let userId: string;
  let problems: string[];
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: executablePath ?? '',
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    });
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    zalo = await startZalo();
    userId = zalo.aResident();
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    problems = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('dialog', (dialog) => problems.push(dialog.message()));
    await page.goto(zalo.url);
    await page.locator('.message').first().waitFor();
  });
  afterEach(async () => {
    await page.close();
    await zalo.close();
  });

  it('what is typed goes to the page, and markup stays text', async () => {
    const typed = '<img src=x onerror=alert(1)> Đường thôn 3 hỏng';

    await page.fill('#text', typed);
    await page.press('#text', 'Enter');
    await page.locator('.mine', { hasText: 'Đường thôn 3' }).waitFor();

    expect(zalo.messages(userId).at(-1)?.text).toBe(typed);
    expect(await page.locator('#log img').count()).toBe(0);
    expect(problems).toEqual([]);
  });

  it('an answer appears by itself, and its button can be tapped', async () => {
    const buttons = [{ title: 'Thủ tục', type: 'oa.query.show', payload: '#tthc' }];
    await zalo.send(userId, {
      text: 'Bác cần gì?',
      attachment: { type: 'template', payload: { buttons } },
    });

    await page.getByRole('button', { name: 'Thủ tục' }).click();
    await page.locator('.mine', { hasText: '#tthc' }).waitFor();

    expect(zalo.messages(userId).at(-1)).toMatchObject({ from: 'resident', text: '#tthc' });
  });

  it('a refusal is shown with its code and name', async () => {
    await zalo.api('POST', '/v3.0/oa/message/cs', { body: { recipient: { user_id: userId }, message: {} } });

    const mark = page.locator('#calls .mark').first();
    await mark.waitFor();
    expect(await mark.textContent()).toBe('-235 This API does not support this type of OA');
  });

  it('photo, place and a new person are one click away', async () => {
    await page.click('#attach summary');
    await page.click('[data-send=photo]');
    await page.click('#attach summary');
    await page.click('[data-send=location]');
    await page.fill('#people-name', 'Bác Tư');
    await page.click('#people-form button');
    await page.locator('[aria-current=true]', { hasText: 'Bác Tư' }).waitFor();

    expect(zalo.messages(userId).map((message) => message.kind)).toEqual(['text', 'image', 'location']);
  });

  it('faults are switched and a person answers from the side panel', async () => {
    await page.click('#tab-faults');
    await page.selectOption('[data-fault=rateLimit]', 'true');
    await page.click('#tab-people');
    await page.fill('#admin-text', 'Cán bộ đây');
    await page.click('#admin-form button');
    await page.locator('.admin', { hasText: 'Cán bộ đây' }).waitFor();

    expect((await zalo.send(userId, { text: 'a' })).json.error).toBe(-32);
  });

  it.each([390, 1280])('fits a screen %i pixels wide', async (width) => {
    await page.setViewportSize({ width, height: 800 });

    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    expect(await page.locator('#text').isVisible()).toBe(true);
  });
});
