import { weighPage } from '../../web/tests/page-weight.ts';
import type { MeasuredSite, Row } from './site.ts';

/** Scripts and styles of each page, in kB of gzip: for whoever is signed out all that is loaded, for members what comes before the page is there and after. */
export async function measureWeights(site: MeasuredSite): Promise<Row[]> {
  const rows: Row[] = [];
  const { context } = await site.visit();
  for (const path of [site.permalink, '/explore', `/u/${site.member.username}`, '/', '/sign-in']) {
    const { scripts, styles } = await weighPage(context, path);
    const name = path.startsWith('/post/') ? 'a permalink' : path;
    rows.push({ what: `signed out, ${name}: scripts, kB`, figure: scripts / 1e3, asked: 150 });
    rows.push({ what: `signed out, ${name}: styles, kB`, figure: styles / 1e3, asked: 15 });
  }
  await context.close();
  const own = await site.signIn(site.member);
  for (const path of ['/', site.permalink]) {
    const { first, scripts, styles } = await weighPage(own.context, path);
    const name = path === '/' ? 'home' : 'a permalink';
    rows.push({ what: `a member, ${name}: scripts, kB`, figure: first / 1e3, asked: 230 });
    rows.push({ what: `a member, ${name}: scripts after it, kB`, figure: (scripts - first) / 1e3 });
    rows.push({ what: `a member, ${name}: styles, kB`, figure: styles / 1e3, asked: 15 });
  }
  await own.context.close();
  return rows;
}
