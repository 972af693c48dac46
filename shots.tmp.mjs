import { chromium } from 'playwright-core';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
const base = 'http://127.0.0.1:8471',
  outbox = '/tmp/demo/var/outbox';
const [, , what = 'all'] = process.argv;
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
async function signIn(email, width) {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const page = await context.newPage();
  const before = Date.now();
  await page.goto(`${base}/sign-in`);
  await page.fill('input[name=email], input[type=email]', email);
  await page.click('main button[type=submit], main button');
  for (let n = 0; n < 40; n++) {
    await new Promise((r) => setTimeout(r, 250));
    const files = readdirSync(outbox)
      .filter((f) => f.endsWith('.eml'))
      .map((f) => join(outbox, f))
      .filter((f) => statSync(f).mtimeMs >= before - 500);
    for (const f of files) {
      const text = readFileSync(f, 'utf8')
        .replace(/=\r?\n/g, '')
        .replace(/=3D/g, '=');
      const m = /http:\/\/[^\s"<>]*sign-in[^\s"<>]*/.exec(text);
      if (m && text.includes(email)) {
        await page.goto(m[0]);
        const b = await page.$('main form button');
        if (b && page.url().includes('sign-in')) await b.click();
        return page;
      }
    }
  }
  throw new Error('no link for ' + email);
}
const people = {
  admin: 'democratic-services',
  manager: 'assistant-director',
  owner: 'head-of-early-help',
  member: 'scrutiny-chair',
};
const plan = JSON.parse(readFileSync('/tmp/shots/plan.json', 'utf8'));
for (const [who, width, paths] of plan) {
  const page = await signIn(`${people[who]}@exampleton.example.org`, width);
  for (const path of paths) {
    const answer = await page.goto(base + path);
    const name = `${who}-${width}-${path.replace(/[^\w]+/g, '_').slice(0, 60)}`;
    await page.screenshot({ path: `/tmp/shots/${name}.png`, fullPage: true });
    console.log(answer.status(), name, await page.title());
  }
}
await browser.close();
