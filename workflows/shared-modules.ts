/**
 * What all lifecycles of a worker share: made once for each of its workflow threads, and not for each lifecycle, where it
 * would take more memory than the lifecycle itself. The bundler loads this file, and all that it imports, before there is
 * any workflow (`preloadModules`, worker/workflow-bundle.ts).
 *
 * Only what is the same for everybody may be here: pure functions, tables, classes. What the domain keeps for speed (plans,
 * calendars, texts of dates, London's clock changes) is found by the very object, or the text, that it follows from and by
 * nothing else, so that one lifecycle can't see another's, and a replay works out the same whether it finds it or not.
 * Never `@temporalio/workflow`, which keeps the running workflow's own things in its modules.
 */
import '@temporalio/common';
import '../domain/calendar/kept-calendar.ts';
import '../domain/commands/apply.ts';
import '../domain/commands/days-off.ts';
import '../domain/commands/moves.ts';
import '../domain/lifecycle/delivered.ts';
import '../domain/lifecycle/kept-state.ts';
import '../domain/lifecycle/mended.ts';
import '../domain/lifecycle/open-lifecycle.ts';
import '../domain/lifecycle/pulse.ts';
import '../domain/lifecycle/shared-state.ts';
import '../domain/lifecycle/view.ts';
import '../domain/lifecycle/wake.ts';
